# Five bodies that attract each other: arithmetic on floats in lists.
from math import sqrt

BODIES = [
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.5],
    [4.84, -1.16, -0.10, 0.61, 2.81, -0.02, 0.038],
    [8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011],
    [12.9, -15.1, -0.22, 1.08, 0.87, -0.011, 0.0017],
    [15.4, -25.9, 0.18, 0.98, 0.59, -0.035, 0.002],
]
PAIRS = [(a, b) for i, a in enumerate(BODIES) for b in BODIES[i + 1 :]]


def advance(step, times):
    for _ in range(times):
        for a, b in PAIRS:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            pull = step * (dx * dx + dy * dy + dz * dz) ** -1.5
            mine = b[6] * pull
            other = a[6] * pull
            a[3] -= dx * mine
            a[4] -= dy * mine
            a[5] -= dz * mine
            b[3] += dx * other
            b[4] += dy * other
            b[5] += dz * other
        for body in BODIES:
            body[0] += step * body[3]
            body[1] += step * body[4]
            body[2] += step * body[5]


def energy():
    total = 0.0
    for body in BODIES:
        total += 0.5 * body[6] * (body[3] ** 2 + body[4] ** 2 + body[5] ** 2)
    for a, b in PAIRS:
        total -= a[6] * b[6] / sqrt(sum((a[i] - b[i]) ** 2 for i in range(3)))
    return total


print("%.6f" % energy())
advance(0.01, 2500)
print("%.6f" % energy())
