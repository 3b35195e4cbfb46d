# Numbers, collections, classes, blocks, errors: what the virtual machine does.
p 0.1 + 0.2, 1e100, -0.0, 1 / 3r, 2**200, -7 / 2, -7 % 3, -7.remainder(3), 7.fdiv(2), 5e-324, Float::NAN, 10.pow(100, 97), 255.to_s(2), "zz".to_i(36)
p 3.7 % 1, -3.5.round, 2.5.round(half: :even), 1234567.891.round(-3), 10.digits, 6.lcm(4), 1.0.next_float, Complex(1, 2)**2, Rational("0.75"), 100.bit_length, Integer.sqrt(10**30)
p Math.sin(1), Math.exp(1.5), Math.gamma(5.5), Math.erf(0.3), Math.cbrt(27), Math.atan2(1, -2)
random = Random.new(42)
p random.rand, random.rand(1000), [*1..10].shuffle(random: random), [*1..100].sample(3, random: random)
p (1..20).each_slice(6).map(&:sum), (1..6).each_cons(2).to_a, [3, 1, 2].sort_by { -_1 }, %w[a b c].each_with_index.to_h, [1, [2, [3, [4]]]].flatten(1), [1, 2, 3, 4].partition(&:even?)
p [1, 2, 3].zip(%w[a b], [true]), (1..10).group_by { |n| n % 3 }, %w[x y x z].tally, [1, 2, 3].inject(:*), [[1, 2], [3, 4]].transpose, [1, 2, 3].combination(2).to_a, [5, 3, 9].minmax, [nil, 1, false].compact
p (1..Float::INFINITY).lazy.select(&:odd?).map { |n| n * n }.reject { |n| n % 3 == 0 }.first(4)
hash = { "b" => 1, a: 2, 3 => [4], nil => nil }
p hash, hash.invert, hash.min_by { |k, _| k.to_s }, hash.to_a.flatten, hash.transform_values(&:inspect), hash.sum { |_, v| v.is_a?(Integer) ? v : 0 }, hash.dig(3, 0)
primes = (2..100).select { |n| (2..Math.sqrt(n)).none? { |d| (n % d).zero? } }
p primes

module Counted
  def self.included(base) = base.extend(ClassMethods)

  module ClassMethods
    def made = @made ||= 0
    def new(...) = super.tap { @made = made + 1 }
  end
end

class Point
  include Comparable
  include Counted
  attr_reader :x, :y

  def initialize(x, y = 0)
    @x, @y = x, y
    freeze
  end

  def <=>(other) = [x, y] <=> [other.x, other.y]
  def +(other) = self.class.new(x + other.x, y + other.y)
  def coerce(number) = [Point.new(number), self]
  def to_s = "(#{x}, #{y})"
  alias inspect to_s
  def deconstruct_keys(_) = { x: x, y: y }
  def method_missing(name, *arguments) = name.end_with?("?") ? [name, arguments] : super
  def respond_to_missing?(name, all = false) = name.end_with?("?") || super
end

puts Point.new(1, 2) + Point.new(3), Point.new(1) < Point.new(2), [Point.new(2), Point.new(1)].min, Point.made, Point.new(0).odd?(1).inspect
Person = Struct.new(:name, :age, keyword_init: true) { def adult? = age >= 18 }
p Person.new(name: "Ann", age: 30), Person.new(name: "Bob", age: 3).adult?
Pair = Data.define(:left, :right)
p Pair.new(1, 2).with(right: 3)

def shape(value)
  case value
  in { kind: "circle", r: Numeric => r } then "circle #{r}"
  in [first, *, last] if first == last then "ring of #{first}"
  in Point(x: 0, y:) then "on the axis at #{y}"
  in Integer | Float then "number"
  in String => text unless text.empty? then "text"
  else "something"
  end
end
p [{ kind: "circle", r: 2 }, [1, 2, 1], Point.new(0, 5), 3.5, "x", nil].map { shape(_1) }

fibonacci = Hash.new { |h, n| h[n] = n < 2 ? n : h[n - 1] + h[n - 2] }
p fibonacci[80]
counter = Enumerator.new { |y| 3.times { |i| y << i * i } }
p counter.next, counter.next, counter.next, (counter.next rescue "end: #{$!.class}")
fiber = Fiber.new { |x| y = Fiber.yield(x * 2); "got #{y}" }
p fiber.resume(21), fiber.resume("back"), (fiber.resume rescue $!.class)
add = ->(a, b = 1, *rest, k: 0) { a + b + rest.sum + k }
p add.curry[1], add.(1, 2, 3, k: 4), (add >> ->(x) { x * 10 }).call(1), add.arity, add.parameters, method(:shape).unbind.class
p catch(:done) { 10.times { |i| throw :done, i if i == 4 }; :never }
cases = [-> { 1 / 0 }, -> { nil.upcase }, -> { Integer("x") }, -> { [].fetch(3) }, -> { {}.fetch(:k) }, -> { raise "plain" }, -> { Point.new(1).zzz }, -> { "x" + 1 }, -> { :sym.unknown }, -> { [1].freeze << 2 }]
cases.each do |broken|
  broken.call
rescue ZeroDivisionError, TypeError => e
  puts "#{e.class}: #{e.message}"
rescue => e
  puts "#{e.class}: #{e.message.lines.first.chomp}"
else
  puts "no error"
ensure
  print "."
end
begin
  begin
    raise ArgumentError, "inner"
  rescue
    raise KeyError, "outer"
  end
rescue => e
  puts e.message, e.cause.message
end
tries = 0
begin
  tries += 1
  raise "again" if tries < 3
rescue
  retry
end
p tries, ObjectSpace.respond_to?(:each_object), defined?(foo), __method__.inspect, [1, 2, 3].sum { _1 ** 2 }
total = 0
table = Hash.new(0)
30_000.times do |i|
  total = (total * 31 + i ^ (i >> 3)) & 0xFFFFFFFF
  table[total % 257] += 1
end
p total, table.size, table.values.max
def deep(n) = n.zero? ? 0 : 1 + deep(n - 1)
p deep(500)
