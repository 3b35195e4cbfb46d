"""Applications that speak WSGI (PEP 3333)."""
import io
import sys

from wasm_servlet import process
from wasm_servlet.body import Body
from wasm_servlet.moment import await_request
from wasm_servlet.response import Response
from wasm_servlet.scgi import url_scheme


def main(directory, name):
    """Loads an application, lets it answer a request, and ends the process.

    directory: where its modules are
    name: module:callable, either of which may have dots
    """
    process.begin(directory)
    application = process.load(name)
    variables = await_request()
    process.end(serve(application, environ(variables), Response()))


def environ(variables):
    """Makes a request's environ of its variables."""
    for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"):
        variables.setdefault(name, "")
    variables["wsgi.version"] = (1, 0)
    variables["wsgi.url_scheme"] = url_scheme(variables)
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
