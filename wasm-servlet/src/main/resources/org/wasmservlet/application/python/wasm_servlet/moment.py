"""The moments in which a process can be copied: before it loads its application, and before it
serves its request."""
import gc
import os
import sys

from wasm_servlet import scgi


def before_loading():
    """Says that all has been done that does not depend on the application."""
    # What is still in a buffer would be in every copy.
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.close(os.open("/wasm-servlet/application", os.O_RDONLY))
    except OSError:
        # There is no such file: that it is asked for is all.
        pass


def await_request():
    """Waits for the request and returns its variables.

    What has been done before may have been done once for many requests: a process can be copied
    while it waits in here, and then each copy goes on with a request of its own.
    """
    # What is still in a buffer would be in every copy.
    sys.stdout.flush()
    sys.stderr.flush()
    # What is there stays: to look for garbage in it would take time from every request.
    gc.freeze()
    variables = scgi.read_variables()
    random = sys.modules.get("random")
    if random is not None:
        # By os.urandom; otherwise all copies would throw the same dice.
        random.seed()
    return variables
