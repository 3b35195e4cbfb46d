# Sequences that are taken apart: tuples, lists, stars, swaps.
def tuples(times):
    pair = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    total = 0
    for _ in range(times):
        a, b, c, d, e, f, g, h, i, j = pair
        a, b, c, d, e, f, g, h, i, j = pair
        j, i, h, g, f, e, d, c, b, a = pair
        a, b, c, d, e, f, g, h, i, j = pair
        total += a + j
    return total


def lists(times):
    values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    total = 0
    for _ in range(times):
        a, b, c, d, e, f, g, h, i, j = values
        a, b, c, d, e, f, g, h, i, j = values
        first, *middle, last = values
        a, b = b, a
        c, d, e = e, c, d
        total += first + len(middle) + last + a + e
    return total


def nested(times):
    rows = [((i, i + 1), [i, (i, i)]) for i in range(50)]
    total = 0
    for _ in range(times):
        for (a, b), [c, (d, e)] in rows:
            total += a + b - c + d - e
    return total


print(tuples(25000), lists(25000), nested(900))
