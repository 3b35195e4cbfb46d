# The Mandelbrot set, with floats and with complex numbers.
def steps(cr, ci, limit)
  zr = zi = 0.0
  i = 0
  while i < limit && zr * zr + zi * zi < 4
    zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
    i += 1
  end
  i
end
total = 0
(-20..20).each do |y|
  puts (-50..20).map { |x| i = steps(x / 25.0, y / 16.0, 80); total += i; i == 80 ? ' ' : (97 + i % 26).chr }.join
end
z = 300.times.map { |k| 20.times.inject(Complex(0, 0)) { |a, _| a.abs2 > 4 ? a : a * a + Complex(k / 150.0 - 1.5, 0.2) } }
puts total, z.count { |v| v.abs2 < 4 }
