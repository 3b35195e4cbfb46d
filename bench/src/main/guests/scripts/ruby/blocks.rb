# Blocks, procs, nested loops, enumerators.
def twice
  yield 1
  yield 2
end
count = 0
30_000.times { twice { |v| count += v } }
add = proc { |a, b| a + b }
mul = ->(a, b) { a * b % 1009 }
40_000.times { |i| count = mul.(add.call(count, i), 3) }
16.times { 16.times { 16.times { |c| 8.times { count += c } } } }
lazy = (1..Float::INFINITY).lazy.map { |v| v * 2 }.select { |v| v % 3 == 0 }.first(1500).sum
i = 0
while i < 150_000
  i += 1
  count ^= i
end
puts count, lazy, (1..20_000).inject(:+), 5000.downto(1).each_with_index.sum { |a, b| a * b % 3 }
