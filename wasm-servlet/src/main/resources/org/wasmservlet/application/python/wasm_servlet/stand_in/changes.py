"""What is changed in modules of others. Each function loads one."""
import contextvars
import sys

from wasm_servlet.stand_in import elsewhere


def event_loop(load, module):
    """asyncio: its event loop needs no sockets."""
    load(module)
    # It is made of what asyncio has.
    from wasm_servlet.stand_in.event_loop import EventLoopPolicy

    module.set_event_loop_policy(EventLoopPolicy())


def worker_threads(load, module):
    """AnyIO: Starlette's files, and views that are no coroutines, are not given to a thread."""
    load(module)
    module.AsyncIOBackend.run_sync_in_worker_thread = classmethod(_run)


async def _run(cls, func, args, abandon_on_cancel=False, limiter=None):
    await cls.checkpoint()
    async with limiter or cls.current_default_thread_limiter():
        return elsewhere.call(contextvars.copy_context().run, func, *args)


def without_ssl(load, module):
    """AnyIO, which is never asked for connections."""
    _load_without("ssl", load, module)


def without_multiprocessing(load, module):
    """Django's SQLite: only its tests start processes."""
    _load_without("multiprocessing", load, module)


def _load_without(name, load, module):
    """Loads a module that imports another one that is missing, and has no use for it. Others ask
    whether there is one, and are told the truth."""
    try:
        __import__(name)
    except ModuleNotFoundError:
        sys.modules[name] = _Missing(name)
        try:
            load(module)
        finally:
            del sys.modules[name]
    else:
        load(module)


class _Missing(type(sys)):
    """A module that has classes of every name, and nothing of any of them."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def fail(*arguments, **named):
            raise ModuleNotFoundError("No module named %r" % self.__name__, name=self.__name__)

        return type(name, (), {"__new__": fail})
