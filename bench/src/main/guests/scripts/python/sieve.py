# Primes by a sieve, bit counts and greatest common divisors: integers in loops.
def primes(limit):
    flags = [True] * limit
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            for multiple in range(n * n, limit, n):
                flags[multiple] = False
    return sum(flags[2:])


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def collatz(limit):
    longest = 0
    for start in range(1, limit):
        n, length = start, 1
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            length += 1
        if length > longest:
            longest = length
    return longest


print(primes(60000), sum(gcd(a, 360) for a in range(15000)), collatz(2200))
