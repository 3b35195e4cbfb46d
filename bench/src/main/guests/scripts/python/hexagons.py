# A puzzle of numbers on hexagonal tiles: a search with propagation over lists and copies.
RADIUS = 3
CELLS = [
    (q, r)
    for q in range(-RADIUS + 1, RADIUS)
    for r in range(-RADIUS + 1, RADIUS)
    if abs(q + r) < RADIUS
]
NUMBER = {cell: i for i, cell in enumerate(CELLS)}
AROUND = [
    [NUMBER[q + dq, r + dr] for dq, dr in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)) if (q + dq, r + dr) in NUMBER]
    for q, r in CELLS
]


def solved_board():
    pattern = [(i * 5 + 2) % 3 != 0 for i in range(len(CELLS))]
    return [sum(pattern[n] for n in AROUND[i]) if pattern[i] else None for i in range(len(CELLS))]


class Search:
    def __init__(self, tiles):
        self.pool = {}
        for tile in tiles:
            self.pool[tile] = self.pool.get(tile, 0) + 1
        self.nodes = 0
        self.solutions = 0

    def consistent(self, placed, cell):
        for place in [cell] + AROUND[cell]:
            tile = placed[place]
            if tile is None or tile == "unknown":
                continue
            full = unknown = 0
            for n in AROUND[place]:
                if placed[n] == "unknown":
                    unknown += 1
                elif placed[n] is not None:
                    full += 1
            if full > tile or full + unknown < tile:
                return False
        return True

    def solve(self, placed, cell):
        self.nodes += 1
        if self.nodes > 6000 or cell == len(CELLS):
            self.solutions += cell == len(CELLS)
            return
        for tile, left in list(self.pool.items()):
            if not left:
                continue
            self.pool[tile] -= 1
            here = placed[:]
            here[cell] = tile
            if self.consistent(here, cell):
                self.solve(here, cell + 1)
            self.pool[tile] += 1


search = Search(solved_board())
search.solve(["unknown"] * len(CELLS), 0)
print(search.nodes, search.solutions)
