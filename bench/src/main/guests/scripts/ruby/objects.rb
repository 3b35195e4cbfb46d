# Objects: attributes, modules, structs, comparison, method_missing.
module Area
  include Comparable
  def <=>(other) = area <=> other.area
end
class Square
  include Area
  attr_accessor :side
  def initialize(side) = @side = side
  def area = @side * @side
end
class Circle
  include Area
  def initialize(radius)
    @radius = radius
  end
  def area = 3.25 * @radius**2
  def method_missing(name, *args) = name.start_with?('at_') ? name.to_s.size + args.size : super
  def respond_to_missing?(name, all = false) = name.start_with?('at_') || super
end
Node = Struct.new(:value, :next)
total = 0
25_000.times do |i|
  shape = i.odd? ? Circle.new(i % 10) : Square.new(i % 7)
  total += shape.area
  total += shape.at_place(i) if shape.is_a?(Circle) && i % 5 == 0
end
head = nil
20_000.times { |i| head = Node.new(i, head) }
sum = 0
while head
  sum += head.value
  head = head.next
end
puts total, sum, (1..300).map { |i| Square.new(i * 37 % 101) }.max.side
