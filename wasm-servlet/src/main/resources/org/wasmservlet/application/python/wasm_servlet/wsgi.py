"""Applications that speak WSGI (PEP 3333)."""
import functools
import io
import os
import sys

from wasm_servlet.body import Body
from wasm_servlet.moment import await_request
from wasm_servlet.response import Response


def main(directory, name):
    """Loads an application, lets it answer a request, and ends the process.

    directory: where its modules are
    name: module:callable, either of which may have dots
    """
    del sys.argv[1:]
    sys.path.insert(0, directory)
    os.chdir(directory)
    # Descriptors 0 and 1 are the request's: what is printed goes to the log.
    sys.stdout = sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO())
    application = load(name)
    variables = await_request()
    _end(serve(application, environ(variables), Response()))


def load(name):
    """Finds an application by its name."""
    module, _, path = name.partition(":")
    __import__(module)
    application = functools.reduce(getattr, path.split("."), sys.modules[module])
    if not callable(application):
        raise TypeError(name + " cannot be called: " + repr(application))
    return application


def environ(variables):
    """Makes a request's environ of its variables."""
    for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"):
        variables.setdefault(name, "")
    https = variables.get("HTTPS", "").lower() in ("on", "1")
    variables["wsgi.version"] = (1, 0)
    variables["wsgi.url_scheme"] = "https" if https else "http"
    variables["wsgi.input"] = io.BufferedReader(Body(int(variables.get("CONTENT_LENGTH") or 0)))
    variables["wsgi.input_terminated"] = True
    variables["wsgi.errors"] = sys.stderr
    variables["wsgi.multithread"] = False
    variables["wsgi.multiprocess"] = True
    variables["wsgi.run_once"] = True
    return variables


def serve(application, environ, response):
    """Returns the exit code: 0 if the application has said all that it wanted to."""
    try:
        result = application(environ, response.start)
        try:
            for part in result:
                response.write(part)
            response.finish()
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
        return 0
    except BaseException:
        # Whoever started this answers with an error, or cuts the response off.
        sys.excepthook(*sys.exc_info())
        return 1


def _end(code):
    sys.stderr.flush()
    # Not by way of finalizers: nobody would notice what they do, and they take long.
    os._exit(code)
