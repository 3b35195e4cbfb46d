# A Markov decision process: states are tuples in dictionaries, values are iterated, fractions first.
from fractions import Fraction

SIZE = 9
MOVES = {"n": (0, -1), "s": (0, 1), "w": (-1, 0), "e": (1, 0)}
WALLS = {(3, y) for y in range(1, 7)} | {(6, y) for y in range(3, 9)}
GOAL = (SIZE - 1, SIZE - 1)


def step(state, move):
    x, y = state[0] + MOVES[move][0], state[1] + MOVES[move][1]
    if 0 <= x < SIZE and 0 <= y < SIZE and (x, y) not in WALLS:
        return x, y
    return state


def outcomes(state, move):
    slips = "we" if move in "ns" else "ns"
    result = {}
    for moved, chance in ((move, Fraction(8, 10)), (slips[0], Fraction(1, 10)), (slips[1], Fraction(1, 10))):
        to = step(state, moved)
        result[to] = result.get(to, Fraction(0)) + chance
    return result


states = [(x, y) for x in range(SIZE) for y in range(SIZE) if (x, y) not in WALLS]
model = {s: {m: [(float(p), t) for t, p in outcomes(s, m).items()] for m in MOVES} for s in states}
values = dict.fromkeys(states, 0.0)
rounds = 0
while True:
    change = 0.0
    for state in states:
        if state == GOAL:
            continue
        best = max(
            sum(p * ((10.0 if to == GOAL else -0.1) + 0.95 * values[to]) for p, to in choices)
            for choices in model[state].values()
        )
        change = max(change, abs(best - values[state]))
        values[state] = best
    rounds += 1
    if change < 1e-6:
        break
print(rounds, "%.6f" % values[0, 0], "%.6f" % max(values.values()))
