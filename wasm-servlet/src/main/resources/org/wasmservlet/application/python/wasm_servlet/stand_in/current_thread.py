"""In the place of asgiref.current_thread_executor, which waits for another thread.

There is only one thread, which is inside of the event loop when something is submitted.
"""
from concurrent.futures import Executor, Future

from wasm_servlet.stand_in import elsewhere


class CurrentThreadExecutor(Executor):
    """Has done what it is given when submit() returns."""

    def __init__(self, old_executor=None):
        pass

    def run_until_future(self, future):
        elsewhere.wait_for(future)

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        elsewhere.run(future, fn, args, kwargs)
        return future
