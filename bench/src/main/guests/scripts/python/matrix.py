# Matrices as lists of lists: product, elimination, relaxation of a grid.
def product(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def determinant(rows):
    m = [row[:] for row in rows]
    result = 1.0
    for i in range(len(m)):
        pivot = max(range(i, len(m)), key=lambda r: abs(m[r][i]))
        if pivot != i:
            m[i], m[pivot] = m[pivot], m[i]
            result = -result
        result *= m[i][i]
        for r in range(i + 1, len(m)):
            factor = m[r][i] / m[i][i]
            for c in range(i, len(m)):
                m[r][c] -= factor * m[i][c]
    return result


def relax(size, times):
    grid = [[float((x * y) % 7) for x in range(size)] for y in range(size)]
    for _ in range(times):
        for y in range(1, size - 1):
            above, row, below = grid[y - 1], grid[y], grid[y + 1]
            for x in range(1, size - 1):
                row[x] = 0.3 * (above[x] + below[x] + row[x - 1] + row[x + 1]) - 0.2 * row[x]
    return sum(map(sum, grid))


n = 60
a = [[(i * j) % 7 + 1 + (i == j) * 9 for j in range(n)] for i in range(n)]
b = [[(i + j) % 5 for j in range(n)] for i in range(n)]
print(sum(map(sum, product(a, b))), "%.6e" % determinant(a), "%.6f" % relax(50, 16))
