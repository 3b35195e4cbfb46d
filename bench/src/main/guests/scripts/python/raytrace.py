# Spheres over a floor, seen by a ray a pixel: vectors as objects with operators.
from math import sqrt


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1 / sqrt(self.dot(self)))

    def reflected(self, normal):
        return self - normal * (2 * self.dot(normal))


class Sphere:
    def __init__(self, centre, radius, color):
        self.centre = centre
        self.radius = radius
        self.color = color

    def hit(self, origin, ray):
        to = self.centre - origin
        along = to.dot(ray)
        inside = self.radius**2 - to.dot(to) + along * along
        return along - sqrt(inside) if inside > 0 else None

    def normal(self, point):
        return (point - self.centre).unit()

    def color_at(self, point):
        return self.color


class Floor:
    def hit(self, origin, ray):
        return -(origin.y + 1) / ray.y if ray.y < -1e-9 else None

    def normal(self, point):
        return Vector(0, 1, 0)

    def color_at(self, point):
        return 0.9 if (int(point.x + 100) + int(point.z)) & 1 else 0.2


class Scene:
    def __init__(self):
        self.things = [Sphere(Vector(i * 1.2 - 2.4, (i % 2) * 0.5, 5 + i % 3), 0.7, 0.3 + i * 0.1) for i in range(5)]
        self.things.append(Floor())
        self.light = Vector(-4, 8, -3)

    def nearest(self, origin, ray):
        best = None
        for thing in self.things:
            at = thing.hit(origin, ray)
            if at is not None and at > 1e-6 and (best is None or at < best[0]):
                best = at, thing
        return best

    def shade(self, origin, ray, depth):
        found = self.nearest(origin, ray)
        if found is None:
            return 0.1
        at, thing = found
        point = origin + ray * at
        normal = thing.normal(point)
        to_light = (self.light - point).unit()
        shade = 0.1
        if self.nearest(point, to_light) is None:
            shade += max(0, normal.dot(to_light)) * thing.color_at(point)
        if depth:
            shade += 0.3 * self.shade(point, ray.reflected(normal), depth - 1)
        return min(shade, 1)


scene = Scene()
rows = []
for y in range(18):
    row = ""
    for x in range(36):
        ray = Vector((x - 18) / 18, (9 - y) / 9, 2).unit()
        row += " .:-=+*#%@"[int(scene.shade(Vector(0, 0.5, 0), ray, 2) * 9.999)]
    rows.append(row)
print("\n".join(rows))
