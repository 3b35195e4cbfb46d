"""In the place of concurrent.futures.thread: a pool whose thread is the caller's."""
from concurrent.futures import _base

from wasm_servlet.stand_in import elsewhere


class BrokenThreadPool(_base.BrokenExecutor):
    """The initializer has failed."""


class ThreadPoolExecutor(_base.Executor):
    """Has done what it is given when submit() returns."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._initializer = initializer
        self._arguments = initargs
        self._broken = False
        self._shutdown = False

    def submit(self, fn, /, *args, **kwargs):
        if self._broken:
            raise BrokenThreadPool("the initializer has failed")
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self._initialize()
        future = _base.Future()
        elsewhere.run(future, fn, args, kwargs)
        return future

    def _initialize(self):
        initializer = self._initializer
        if initializer is None:
            return
        self._initializer = None
        try:
            elsewhere.call(initializer, *self._arguments)
        except BaseException as error:
            self._broken = True
            raise BrokenThreadPool("the initializer has failed") from error

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._shutdown = True
