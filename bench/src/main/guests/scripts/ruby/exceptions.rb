# Exceptions, ensure, catch and throw, fibers.
class Odd < StandardError; end
def deep(n, level)
  return deep(n, level - 1) if level > 0
  raise Odd, 'odd' if n.odd?
  n
end
odd = fine = last = 0
5000.times do |i|
  fine += deep(i, 3) % 3
rescue Odd => e
  odd += e.message.size
ensure
  last += 1
end
caught = 8000.times.sum { |i| catch(:done) { throw :done, i if i % 2 == 0; 1 } }
retried = 0
2000.times do |i|
  tries = 0
  begin
    tries += 1
    raise ArgumentError if tries < 2
    retried += tries
  rescue ArgumentError
    retry
  end
end
puts odd, fine, last, caught, retried
