# Fibonacci, Ackermann, Takeuchi.
def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)

def ackermann(m, n)
  return n + 1 if m == 0
  return ackermann(m - 1, 1) if n == 0
  ackermann(m - 1, ackermann(m, n - 1))
end

def tak(x, y, z) = y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))

puts fib(25), ackermann(2, 90), tak(16, 10, 6)
