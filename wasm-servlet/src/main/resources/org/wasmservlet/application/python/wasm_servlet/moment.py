"""The moment in which a process begins to serve its request."""
import gc
import sys

from wasm_servlet import scgi


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
