# Coroutines that a small loop of our own runs in turns.
from types import coroutine


@coroutine
def turn():
    yield


async def fib(n):
    if n < 2:
        await turn()
        return n
    return await fib(n - 1) + await fib(n - 2)


async def worker(number, queue, results):
    while queue:
        item = queue.pop()
        await turn()
        results.append((number, item * item))
        for _ in range(3):
            await turn()


def run(tasks):
    turns = 0
    ready = list(tasks)
    while ready:
        later = []
        for task in ready:
            turns += 1
            try:
                task.send(None)
            except StopIteration:
                continue
            later.append(task)
        ready = later
    return turns


results = []
queue = list(range(6000))
print(run([worker(i, queue, results) for i in range(10)]), sum(r for _, r in results))
print(run([fib(14), fib(15)]))
