# The most flips of a prefix over all permutations: indexes and slices of a list.
def fannkuch(n):
    order = list(range(n))
    counts = [0] * n
    most = 0
    checksum = 0
    sign = 1
    left = n
    while True:
        while left != 1:
            counts[left - 1] = left
            left -= 1
        first = order[0]
        if first:
            flipped = order[:]
            flips = 0
            while first:
                flipped[: first + 1] = flipped[first::-1]
                flips += 1
                first = flipped[0]
            most = max(most, flips)
            checksum += sign * flips
        sign = -sign
        while True:
            if left == n:
                return checksum, most
            order.insert(left, order.pop(0))
            counts[left] -= 1
            if counts[left] > 0:
                break
            left += 1


print([fannkuch(n) for n in (5, 6, 7, 7, 7)])
