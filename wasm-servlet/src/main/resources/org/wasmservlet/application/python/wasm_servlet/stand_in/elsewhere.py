"""Calls what another thread would have called, at once."""
import contextvars
import sys

# Event loops that wait until a function has returned.
_waiting = []


def call(function, /, *arguments, **named):
    """Calls a function as a new thread would: in an empty context, where no event loop runs."""
    asyncio = sys.modules.get("asyncio")
    loop = None if asyncio is None else asyncio._get_running_loop()
    if loop is None:
        return contextvars.Context().run(function, *arguments, **named)
    task = asyncio.current_task(loop)
    if task is not None:
        asyncio.tasks._leave_task(loop, task)
    asyncio._set_running_loop(None)
    _waiting.append(loop)
    try:
        return contextvars.Context().run(function, *arguments, **named)
    finally:
        _waiting.pop()
        asyncio._set_running_loop(loop)
        if task is not None:
            asyncio.tasks._enter_task(loop, task)


def run(future, function, arguments, named):
    """Calls a function like that, for a future of concurrent.futures."""
    future.set_running_or_notify_cancel()
    try:
        result = call(function, *arguments, **named)
    except BaseException as error:
        future.set_exception(error)
        # The traceback refers to this frame.
        future = None
    else:
        future.set_result(result)


def wait_for(future):
    """Returns when a future is done, for which the event loop goes on that waits for the caller."""
    if not future.done():
        if not _waiting:
            raise RuntimeError("nobody is there who could do what is waited for")
        _waiting[-1].go_on_until(future.done)
