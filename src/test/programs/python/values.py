"""Numbers, containers, classes, generators, errors: what the interpreter's loop does."""
import asyncio
import collections
import contextlib
import dataclasses
import decimal
import enum
import fractions
import functools
import heapq
import itertools
import math
import random
import statistics
import traceback

print(0.1 + 0.2, 1e100, -0.0, 1 / 3, 5e-324, float("nan"), float("inf"), 2**200, -7 // 2, -7 % 3, divmod(-7.5, 2))
print(pow(3, 10**5, 10**9 + 7), math.factorial(50), math.isqrt(10**40), hash(2**61 - 1), hash(0.5), hash((1, "a"[:0])))
print(round(2.5), round(-3.5), round(2.675, 2), f"{math.pi:.10f} {1e-7!r} {12345.678:,.2f} {255:#x} {255:#b} {0.00012:g} {1e22} {1e16}")
print(math.sin(1), math.exp(1.5), math.gamma(5.5), math.erf(0.3), math.fsum([0.1] * 10), math.log2(3), math.atan2(1, -2), math.nextafter(1, 2))
decimal.getcontext().prec = 40
print(decimal.Decimal(2).sqrt(), decimal.Decimal("1.10") + 1, fractions.Fraction(355, 113).limit_denominator(50), complex(1, 2) ** 2)
random.seed(42)
print(random.random(), random.randrange(1000), random.sample(range(100), 5), random.gauss(0, 1), statistics.stdev([1, 2, 3, 4, 7]))
print(sorted({"b": 1, "a": 2}.items()), [*map(str, range(3))], {i % 3: i for i in range(9)}, {*range(5)} ^ {3, 9})
print(collections.Counter("mississippi").most_common(), heapq.nsmallest(3, [5, 1, 4, 2]), list(itertools.permutations("abc", 2)))
print([p for p in range(2, 100) if all(p % d for d in range(2, int(p**0.5) + 1))])


@dataclasses.dataclass(order=True, frozen=True)
class Point:
    x: int
    y: int = 0
    tags: tuple = dataclasses.field(default=(), compare=False)

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y


class Meta(type):
    def __new__(mcs, name, bases, body, **more):
        body["made_by"] = f"{mcs.__name__}:{sorted(more)}"
        return super().__new__(mcs, name, bases, body)


class Described(metaclass=Meta, colour="red"):
    __slots__ = ("value",)

    def __getattr__(self, name):
        return f"no {name}"

    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


class Colour(enum.Flag):
    RED = 1
    GREEN = 2
    BLUE = 4


print(Point(1, 2), Point(1) < Point(2), Point(3, 4) @ Point(1, 1), Described.made_by, Described().other, Described[int], Colour.RED | Colour.BLUE)


def tree(depth):
    if depth:
        got = yield depth
        if got:
            print("got", got)
        yield from tree(depth - 1)
    return depth


walk = tree(3)
print(next(walk), walk.send("x"), list(walk))


@functools.lru_cache
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(20), fibonacci.cache_info())


async def worker(name, queue, out):
    while (item := await queue.get()) is not None:
        out.append((name, item))
        await asyncio.sleep(0)


async def gather():
    out = []
    queue = collections.deque(range(5))

    async def take(name):
        while queue:
            out.append((name, queue.popleft()))
            await Switch()

    await take("a")
    return out


class Switch:
    def __await__(self):
        yield


def run(coroutine):
    steps = 0
    while True:
        try:
            coroutine.send(None)
            steps += 1
        except StopIteration as stop:
            return steps, stop.value


print(run(gather()))


def shape(value):
    match value:
        case {"kind": "circle", "r": r}:
            return f"circle {r}"
        case [first, *_, last] if first == last:
            return f"ring of {first}"
        case Point(x=0, y=y):
            return f"on the axis at {y}"
        case int() | float():
            return "number"
        case _:
            return "something"


print([shape(v) for v in ({"kind": "circle", "r": 2}, [1, 2, 1], Point(0, 5), 3.5, "x")])

for broken in ("1/0", "[][1]", "{}['k']", "int('x')", "None.x", "'a' + 1", "undefined", "(lambda: (yield))().throw(KeyError)"):
    try:
        eval(broken)
    except Exception as error:
        print(type(error).__name__, error)


@contextlib.contextmanager
def guarded():
    try:
        yield "inside"
    except ValueError as error:
        raise RuntimeError("outer") from error
    finally:
        print("left")


try:
    with guarded() as where:
        print(where)
        raise ValueError("inner")
except RuntimeError:
    print("".join(line for line in traceback.format_exc().splitlines(True) if "File" not in line))

try:
    raise ExceptionGroup("many", [ValueError(1), TypeError(2)])
except* ValueError as group:
    print("values", group.exceptions)
except* TypeError as group:
    print("types", group.exceptions)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


print(deep(60))
total = 0
table = {}
for i in range(20000):
    total = (total * 31 + i ^ (i >> 3)) & 0xFFFFFFFF
    table[total % 257] = table.get(total % 257, 0) + 1
print(total, len(table), max(table.values()))
