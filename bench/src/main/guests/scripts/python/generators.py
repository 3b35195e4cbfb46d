# Generators: a tree that is walked by `yield from`, pipelines, values that are sent.
class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def tree(values):
    if not values:
        return None
    middle = len(values) // 2
    return Tree(tree(values[:middle]), values[middle], tree(values[middle + 1 :]))


def squares(numbers):
    for n in numbers:
        yield n * n


def odd(numbers):
    return (n for n in numbers if n & 1)


def average():
    total = count = 0
    mean = None
    while True:
        total += yield mean
        count += 1
        mean = total / count


print(sum(tree(range(12000))))
print(sum(odd(squares(odd(range(60000))))))
mean = average()
next(mean)
for i in range(20000):
    last = mean.send(i % 17)
print("%.6f" % last)
