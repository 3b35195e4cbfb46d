# Regular expressions.
lines = (0...900).map do |i|
  format('10.%d.%d.7 - user%d [%02d/Nov/2023] "GET /page/%d?id=%d&name=n%d HTTP/1.1" %d %d', i % 200, i % 13, i % 11, i % 28, i, i * 7, i % 5, 200 + i % 4, i * 31)
end
log = /\A(?<ip>\d+(?:\.\d+){3}) - (?<user>\w+) \[([^\]]+)\] "GET (?<path>\S+?)(?:\?(?<query>\S*))? HTTP\/[\d.]+" (?<status>\d{3}) (?<size>\d+)\z/
users = Hash.new(0)
size = 0
lines.each do |line|
  next unless (m = log.match(line))
  users[m[:user]] += 1
  size += m[:size].to_i + m[:query].scan(/(\w+)=(\w+)/).size
end
text = lines.join(' ')
changed = text.gsub(/\b([a-z])([a-z]+)\b/i) { $1.upcase + $2.reverse }
sequence = (0...30_000).map { |i| 'acgt'[(i * i * 7 + i / 3) % 4] }.join
puts users.inspect, size, changed.sum, [/agggtaaa|tttaccct/, /[cgt]gggtaaa|tttaccc[acg]/, /(?:ac)+g/, /c.{1,4}?a/].map { |p| sequence.scan(p).size }.inspect
