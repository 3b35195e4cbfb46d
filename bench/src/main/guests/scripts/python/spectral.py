# The spectral norm of a matrix that a function gives: calls, generators, floats.
def entry(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    n = len(vector)
    return [sum(entry(i, j) * vector[j] for j in range(n)) for i in range(n)]


def times_transposed(vector):
    n = len(vector)
    return [sum(entry(j, i) * vector[j] for j in range(n)) for i in range(n)]


def norm(n):
    u = [1.0] * n
    for _ in range(4):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    up = sum(a * b for a, b in zip(u, v))
    down = sum(b * b for b in v)
    return (up / down) ** 0.5


print("%.9f" % norm(60))
