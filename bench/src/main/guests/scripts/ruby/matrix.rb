# Products of matrices.
def matrix(n) = Array.new(n) { |i| Array.new(n) { |j| (i * n + j) % 1000 } }

def product(a, b)
  columns = b.transpose
  a.map { |row| columns.map { |column| sum = 0; row.each_with_index { |v, i| sum += v * column[i] }; sum % 100_003 } }
end
a = matrix(40)
c = matrix(40)
4.times { c = product(a, c) }
puts c[0][0], c[2][3], c[39][39]
