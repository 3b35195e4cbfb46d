# Strings: grown, searched, replaced, formatted, taken apart.
s = +''
60_000.times { |i| s << "hello #{i % 7}\n" }
words = (0...4000).map { |i| "word#{i * 37 % 1009}".reverse.capitalize }
text = words.join(' ')
counts = text.split.tally
page = words.each_with_index.map { |w, i| format('%05d %-10s %6.2f', i, w, i / 7.0) }.join("\n")
letters = 0
text.each_char { |c| letters += 1 if c == '0' }
puts s.size, counts.max_by { |k, v| [v, k] }.inspect, page.sum, letters
puts text.tr('a-z', 'b-za').bytes.sum, page.lines.count { |l| l.include?('99') }, text.gsub('dro', 'DRO').index('DRO', 900)
