# Dictionaries and sets: made, asked, merged, with tuples and strings for keys.
table = {}
for i in range(40000):
    key = (i * 7919) % 4001
    table[key] = table.get(key, 0) + i
grid = {(x, y): x * y for x in range(120) for y in range(60)}
near = 0
for (x, y), value in grid.items():
    for other in ((x + 1, y), (x, y + 1), (x - 1, y)):
        near += grid.get(other, -1) > value
primes = set(range(2, 12000))
for n in range(2, 110):
    if n in primes:
        primes.difference_update(range(n * n, 12000, n))
evens = set(range(0, 12000, 2))
names = {"name%d" % (i % 3000): i for i in range(12000)}
merged = {**names, **{v: k for k, v in names.items()}}
for i in range(0, 3000, 2):
    del merged["name%d" % i]
print(sum(table.values()), near, len(primes), len(primes & evens), len(primes ^ evens), len(merged))
