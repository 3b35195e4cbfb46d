# Hashes with numbers, strings, symbols and arrays for keys.
h = {}
40_000.times { |i| h[i.to_s(16)] = i }
found = (1..40_000).count { |i| h.key?(i.to_s) }
counts = Hash.new(0)
50_000.times { |i| counts[i * i % 1013] += 1 }
grid = {}
70.times { |x| 60.times { |y| grid[[x, y]] = x * y } }
near = grid.count { |(x, y), v| (grid[[x + 1, y]] || 0) > v }
symbols = %i[a b c d e].cycle.first(20_000).group_by { |v| v }.transform_values(&:size)
puts found, counts.values.max, near, symbols.inspect, h.select { |k, v| v % 3 == 0 }.sum { |k, v| k.size }
