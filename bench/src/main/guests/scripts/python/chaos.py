# A fractal by chance: points jump along a spline; objects, floats, a picture in lists.
class Point:
    def __init__(self, x=0.0, y=0.0):
        self.x = x
        self.y = y

    def distance(self, other):
        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5

    def mix(self, other, t):
        return Point(self.x * (1 - t) + other.x * t, self.y * (1 - t) + other.y * t)


class Spline:
    """A B-spline, by de Boor's algorithm."""

    def __init__(self, points, degree):
        self.points = points
        self.degree = degree
        inner = len(points) - degree
        self.knots = [0] * degree + list(range(inner + 1)) + [inner] * degree

    def end(self):
        return self.knots[-1]

    def __call__(self, u):
        low = self.degree
        while low + 1 < len(self.points) and self.knots[low + 1] <= u:
            low += 1
        work = [self.points[low - self.degree + i] for i in range(self.degree + 1)]
        for level in range(1, self.degree + 1):
            for i in range(self.degree, level - 1, -1):
                left = self.knots[low - self.degree + i]
                right = self.knots[low + 1 + i - level]
                work[i] = work[i - 1].mix(work[i], (u - left) / (right - left))
        return work[self.degree]


def length(spline, steps):
    total = 0.0
    last = spline(0)
    for i in range(1, steps):
        here = spline(spline.end() * i / steps)
        total += last.distance(here)
        last = here
    return total


splines = [
    Spline([Point(1.6, 0.1), Point(2.8, 1.9), Point(1.2, 1.7), Point(0.4, 2.9), Point(2.2, 0.5)], 3),
    Spline([Point(2.8, 0.2), Point(2.4, 3.1), Point(1.1, 0.3), Point(0.2, 1.8)], 2),
    Spline([Point(0.4, 0.8), Point(1.4, 2.2), Point(2.6, 0.7)], 2),
]
lengths = [length(s, 300) for s in splines]
picture = [[0] * 64 for _ in range(64)]
seed = 1
here = Point(1.5, 1.5)
for _ in range(3000):
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    pick = (seed >> 8) % 1000 / 1000 * sum(lengths)
    number = 0
    while pick > lengths[number]:
        pick -= lengths[number]
        number += 1
    spline = splines[number]
    on = spline((seed >> 4) % 4096 / 4096 * spline.end() * 0.999)
    here = here.mix(on, 0.6)
    picture[int(here.y / 3.2 * 64)][int(here.x / 3.2 * 64)] += 1
print("%.6f" % sum(lengths), sum(map(max, picture)), sum(v > 0 for row in picture for v in row))
