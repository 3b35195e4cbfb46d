# Arrays: accessed by index, pushed and popped, sorted, mapped.
n = 3000
x = (1..n).to_a
y = Array.new(n, 0)
20.times { (n - 1).downto(0) { |i| y[i] += x[i] } }
list = []
30_000.times { |i| list.push(i * 7919 % 10_007); list.shift if i % 3 == 0 }
sorted = list.first(6000).sort_by { |v| [v % 100, v] }
sums = list.each_slice(7).map(&:sum).select(&:even?).reduce { |a, b| (a * 31 + b) % 1_000_003 }
puts y[-1], sorted[100], sums, list.uniq.size, x.each_cons(3).count { |a, b, c| (a * b + c) % 7 == 0 }
