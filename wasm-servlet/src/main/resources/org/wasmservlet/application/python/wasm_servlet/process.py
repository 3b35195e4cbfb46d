"""The process of an application: its beginning and its end."""
import functools
import io
import os
import sys


def begin(directory):
    """Prepares for an application, whose modules are in a directory."""
    del sys.argv[1:]
    sys.path.insert(0, directory)
    os.chdir(directory)
    # Descriptors 0 and 1 are the request's: what is printed goes to the log.
    sys.stdout = sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO())


def load(name):
    """Finds an application by its name: module:callable, either of which may have dots."""
    module, _, path = name.partition(":")
    __import__(module)
    application = functools.reduce(getattr, path.split("."), sys.modules[module])
    if not callable(application):
        raise TypeError(name + " cannot be called: " + repr(application))
    return application


def end(code):
    """Ends the process with an exit code."""
    sys.stderr.flush()
    # Not by way of finalizers: nobody would notice what they do, and they take long.
    os._exit(code)
