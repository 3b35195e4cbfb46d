# Primes, greatest common divisors, Collatz: integers.
count = 0
12.times do
  flags = Array.new(12_000, true)
  i = 2
  while i * i < 12_000
    (i * i).step(11_999, i) { |k| flags[k] = false } if flags[i]
    i += 1
  end
  count += flags.count(true) - 2
end
longest = 0
(1..3000).each do |start|
  n = start
  length = 1
  until n == 1
    n = n.even? ? n / 2 : 3 * n + 1
    length += 1
  end
  longest = length if length > longest
end
puts count, longest, (1..15_000).sum { |v| v.gcd(360) }, (1..300).inject(:*).to_s.size
