# Queens on a board, by permutations that a generator gives, and by bits.
def permutations(pool, chosen=()):
    if len(chosen) == len(pool):
        yield chosen
        return
    for item in pool:
        if item not in chosen:
            yield from permutations(pool, chosen + (item,))


def by_permutations(n):
    count = 0
    for rows in permutations(range(n)):
        if len({r + i for i, r in enumerate(rows)}) == n == len({r - i for i, r in enumerate(rows)}):
            count += 1
    return count


def by_bits(n, columns=0, down=0, up=0):
    full = (1 << n) - 1
    if columns == full:
        return 1
    count = 0
    free = full & ~(columns | down | up)
    while free:
        bit = free & -free
        free ^= bit
        count += by_bits(n, columns | bit, (down | bit) << 1 & full, (up | bit) >> 1)
    return count


print(by_permutations(7), by_bits(8))
