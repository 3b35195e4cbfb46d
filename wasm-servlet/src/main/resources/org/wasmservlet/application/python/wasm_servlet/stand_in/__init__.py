"""Stands in for what programs have not here: threads, sockets to wait for, and permissions of files.

Frameworks want them even where one request is served at a time. What they would have done on a
thread is done at once, and an event loop waits for the clock alone.
"""
import os
import sys

_HERE = os.path.dirname(__file__)

# Modules in whose place there is another one.
_REPLACED = {
    "asgiref.current_thread_executor": "current_thread.py",
    "concurrent.futures.thread": "thread_pool.py",
}

# Modules that one of the functions in "changes" loads.
_CHANGED = {
    "anyio._backends._asyncio": "worker_threads",
    "anyio._core._sockets": "without_ssl",
    "anyio.streams.tls": "without_ssl",
    "asyncio": "event_loop",
    "django.db.backends.sqlite3.creation": "without_multiprocessing",
}


def install():
    """Has imports find them. Nothing is loaded before it is asked for."""
    sys.meta_path.insert(0, _Finder)
    if not hasattr(os, "umask"):
        # Files have no permissions here that could be taken away.
        os.umask = lambda mask: 0


class _Finder:
    """Comes before Python's own finders."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in _REPLACED:
            from importlib.util import spec_from_file_location

            return spec_from_file_location(name, os.path.join(_HERE, _REPLACED[name]))
        if name in _CHANGED:
            spec = _find_original(name, path, target)
            if spec is not None:
                _change(spec.loader, _CHANGED[name])
            return spec
        return None


def _find_original(name, path, target):
    for finder in sys.meta_path:
        if finder is not _Finder:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
    return None


def _change(loader, change):
    load = loader.exec_module

    def exec_module(module):
        from wasm_servlet.stand_in import changes

        getattr(changes, change)(load, module)

    # Of this object: it loads nothing else.
    loader.exec_module = exec_module
