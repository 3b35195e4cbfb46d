# Digits of pi and a factorial: integers of many digits.
def pi_digits(count):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(str(n))
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return "".join(digits)


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


print(pi_digits(650)[-20:], len(str(factorial(1400))), pow(3, 10**6 + 7, 10**40 + 3) % 10**9)
