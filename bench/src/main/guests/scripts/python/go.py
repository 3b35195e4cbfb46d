# A game of go that plays at random: groups of stones as sets, liberties, captures.
SIZE = 9
NEIGHBOURS = [
    [
        y * SIZE + x
        for x, y in ((i % SIZE - 1, i // SIZE), (i % SIZE + 1, i // SIZE), (i % SIZE, i // SIZE - 1), (i % SIZE, i // SIZE + 1))
        if 0 <= x < SIZE and 0 <= y < SIZE
    ]
    for i in range(SIZE * SIZE)
]


class Random:
    def __init__(self, seed):
        self.seed = seed

    def below(self, n):
        self.seed = (self.seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.seed >> 12) % n


class Board:
    def __init__(self):
        self.stones = [None] * (SIZE * SIZE)
        self.captured = {"b": 0, "w": 0}

    def group(self, place):
        color = self.stones[place]
        stones = {place}
        liberties = set()
        todo = [place]
        while todo:
            for n in NEIGHBOURS[todo.pop()]:
                if self.stones[n] is None:
                    liberties.add(n)
                elif self.stones[n] == color and n not in stones:
                    stones.add(n)
                    todo.append(n)
        return stones, liberties

    def is_eye(self, place, color):
        return all(self.stones[n] == color for n in NEIGHBOURS[place])

    def play(self, place, color):
        self.stones[place] = color
        for n in NEIGHBOURS[place]:
            if self.stones[n] not in (None, color):
                stones, liberties = self.group(n)
                if not liberties:
                    self.captured[color] += len(stones)
                    for stone in stones:
                        self.stones[stone] = None
        if not self.group(place)[1]:
            self.stones[place] = None
            return False
        return True


def playout(random):
    board = Board()
    color = "b"
    passes = moves = 0
    while passes < 2 and moves < 160:
        free = [p for p, s in enumerate(board.stones) if s is None and not board.is_eye(p, color)]
        if free and board.play(free[random.below(len(free))], color):
            passes = 0
        else:
            passes += 1
        moves += 1
        color = "w" if color == "b" else "b"
    return board.captured


random = Random(7)
total = {"b": 0, "w": 0}
for _ in range(9):
    for color, count in playout(random).items():
        total[color] += count
print(total)
