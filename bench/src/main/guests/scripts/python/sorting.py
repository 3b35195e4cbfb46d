# Sorting by sorts written in Python, and by the built-in one with keys.
def numbers(count):
    seed = 42
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8


def quick(items):
    if len(items) < 2:
        return items
    pivot = items[len(items) // 2]
    low = [x for x in items if x < pivot]
    same = [x for x in items if x == pivot]
    high = [x for x in items if x > pivot]
    return quick(low) + same + quick(high)


def insertion(items):
    for i in range(1, len(items)):
        item = items[i]
        j = i - 1
        while j >= 0 and items[j] > item:
            items[j + 1] = items[j]
            j -= 1
        items[j + 1] = item
    return items


def heap(items):
    def sift(root, end):
        while True:
            child = 2 * root + 1
            if child >= end:
                return
            if child + 1 < end and items[child] < items[child + 1]:
                child += 1
            if items[root] >= items[child]:
                return
            items[root], items[child] = items[child], items[root]
            root = child

    for root in range(len(items) // 2 - 1, -1, -1):
        sift(root, len(items))
    for end in range(len(items) - 1, 0, -1):
        items[0], items[end] = items[end], items[0]
        sift(0, end)
    return items


data = list(numbers(4000))
expected = sorted(data)
print(quick(data) == expected, heap(data[:]) == expected)
print(insertion(data[:300]) == sorted(data[:300]))
words = ["%x" % n for n in data]
words.sort(key=lambda w: (len(w), w[::-1]))
print(words[:3], sorted(words, key=str.upper, reverse=True)[:3], sorted(zip(words, data))[5])
