"""An event loop that needs no sockets."""
import _thread
import asyncio
import time


class EventLoop(asyncio.BaseEventLoop):
    """An event loop without connections: time passes, and that is all that happens from outside."""

    def __init__(self):
        super().__init__()
        self._selector = _Clock()

    def go_on_until(self, done):
        """Runs while a function that it has called waits for something that it is to do."""
        before = len(self._ready)
        asyncio._set_running_loop(self)
        try:
            while not done():
                self._run_once()
        finally:
            asyncio._set_running_loop(None)
            # So many are counted on when the function has returned.
            while len(self._ready) < before:
                nothing = asyncio.Handle(done, (), self)
                nothing.cancel()
                self._ready.append(nothing)

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        if self._default_executor is not None:
            self._default_executor.shutdown()

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        # It never sleeps while somebody else could give it something to do.
        pass


class EventLoopPolicy(asyncio.DefaultEventLoopPolicy):
    """Makes them."""

    def new_event_loop(self):
        return EventLoop()


class _Clock:
    """What the loop waits with, in the place of a selector."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError(
                "the event loop waits for what cannot happen: there are no other threads, and no"
                " connections but the request's"
            )
        if timeout > 0:
            _sleep(timeout)
        return []

    def close(self):
        pass


def _sleep(seconds):
    try:
        time.sleep(seconds)
    except OSError:
        # Some builds cannot sleep; they can wait for a lock, though they do not rest while they do.
        lock = _thread.allocate_lock()
        lock.acquire()
        lock.acquire(timeout=seconds)
