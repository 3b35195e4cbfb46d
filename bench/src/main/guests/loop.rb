total = 0
table = {}
300_000.times do |i|
  total = (total + i * 7) % 1_000_003
  table[i % 1000] = total
end
words = (0...5000).map { |i| "w#{i % 97}" }
counts = words.each_with_object(Hash.new(0)) { |w, h| h[w] += 1 }
puts "#{total} #{table.values.sum} #{counts.sort.first(3).inspect}"
