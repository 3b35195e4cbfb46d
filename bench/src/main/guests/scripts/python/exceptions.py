# Exceptions: raised, caught, chained, passed on through calls, `with` and `finally`.
class Odd(ValueError):
    pass


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.log.append(kind)
        return kind is Odd


def deep(n, level):
    if level:
        return deep(n, level - 1)
    if n % 3 == 0:
        raise Odd(n)
    if n % 3 == 1:
        return {}["missing"]
    return n


counts = {"odd": 0, "key": 0, "fine": 0, "finally": 0, "chained": 0}
for i in range(9000):
    try:
        deep(i, 4)
        counts["fine"] += 1
    except Odd as e:
        counts["odd"] += e.args[0] % 2
    except KeyError as e:
        try:
            raise RuntimeError("again") from e
        except RuntimeError as again:
            counts["chained"] += again.__cause__ is e
        counts["key"] += 1
    finally:
        counts["finally"] += 1
log = []
for i in range(4000):
    with Guard(log):
        if i % 2:
            raise Odd(i)
numbers = iter(range(5000))
stops = 0
while True:
    try:
        next(numbers)
    except StopIteration:
        break
    try:
        int("x")
    except (TypeError, ValueError):
        stops += 1
print(counts, len(log), log.count(Odd), stops)
