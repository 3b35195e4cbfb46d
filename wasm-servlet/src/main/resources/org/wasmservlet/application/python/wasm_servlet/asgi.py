"""Applications that speak ASGI 3: HTTP and the lifespan, in an event loop without threads."""
import asyncio
import sys

from wasm_servlet import process
from wasm_servlet.body import Body
from wasm_servlet.lifespan import Lifespan
from wasm_servlet.moment import await_request
from wasm_servlet.response import Response
from wasm_servlet.scgi import url_scheme

_VERSION = {"version": "3.0", "spec_version": "2.4"}
_BLOCK = 64 * 1024


def main(directory, name):
    """Loads an application, lets it answer a request, and ends the process.

    directory: where its modules are
    name: module:callable, either of which may have dots
    """
    # Before the application's directory is the first in which modules are looked for.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    process.begin(directory)
    application = process.load(name)
    lifespan = Lifespan(application, _VERSION)
    try:
        loop.run_until_complete(lifespan.start())
        code = loop.run_until_complete(_serve(application, await_request(), lifespan))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    process.end(code)


async def _serve(application, variables, lifespan):
    exchange = Exchange(int(variables.get("CONTENT_LENGTH") or 0))
    code = await exchange.run(application, scope(variables, lifespan.state))
    return await lifespan.stop() or code


def scope(variables, state):
    """Makes a request's scope of its variables, each character of which is a byte."""
    root = variables.get("SCRIPT_NAME", "")
    uri = variables.get("REQUEST_URI", "").partition("?")[0]
    made = {
        "type": "http",
        "asgi": _VERSION,
        "http_version": _http_version(variables.get("SERVER_PROTOCOL", "")),
        "method": variables["REQUEST_METHOD"],
        "scheme": url_scheme(variables),
        "path": _text(root + variables.get("PATH_INFO", "")),
        "root_path": _text(root),
        "query_string": variables.get("QUERY_STRING", "").encode("latin-1"),
        "headers": _headers(variables),
        "client": _address(variables, "REMOTE_ADDR", "REMOTE_PORT"),
        "server": _address(variables, "SERVER_NAME", "SERVER_PORT"),
        # Of a dictionary that the lifespan has filled, each request has a copy.
        "state": state.copy(),
    }
    if uri:
        made["raw_path"] = uri.encode("latin-1")
    return made


def _http_version(protocol):
    version = protocol.partition("/")[2]
    return "2" if version == "2.0" else version or "1.1"


def _text(bytes_as_characters):
    return bytes_as_characters.encode("latin-1").decode("utf-8", "replace")


def _headers(variables):
    headers = []
    for name, value in variables.items():
        if name.startswith("HTTP_"):
            name = name[len("HTTP_") :]
        elif not value or name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            continue
        name = name.replace("_", "-").lower()
        headers.append((name.encode("latin-1"), value.encode("latin-1")))
    return headers


def _address(variables, host, port):
    if not variables.get(host):
        return None
    return (variables[host], int(variables.get(port) or 0))


class Exchange:
    """A request and its response, as an application sees them."""

    def __init__(self, length):
        self._body = Body(length)
        self._more = True
        self._response = Response()
        self._ended = asyncio.Event()

    async def run(self, application, scope):
        """Returns the exit code: 0 if the application has said all that it wanted to."""
        try:
            await application(scope, self._receive, self._send)
            if not self._ended.is_set():
                raise RuntimeError("the application returned before its response was whole")
            return 0
        except BaseException:
            # Whoever started this answers with an error or cuts the response off, unless it is whole:
            # frameworks answer that there was an error, and raise it again.
            sys.excepthook(*sys.exc_info())
            return 0 if self._ended.is_set() else 1

    async def _receive(self):
        if self._more:
            data = self._body.read(_BLOCK)
            self._more = self._body.is_left()
            return {"type": "http.request", "body": data, "more_body": self._more}
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        kind = message["type"]
        if self._ended.is_set():
            raise RuntimeError("the response has ended, and after it comes " + kind)
        if kind == "http.response.start":
            self._response.start(str(message["status"]), _fields(message.get("headers", ())))
        elif kind == "http.response.body":
            self._response.write(message.get("body", b""))
            if not message.get("more_body", False):
                self._response.finish()
                self._ended.set()
        else:
            raise ValueError("not a message of a response: " + kind)


def _fields(headers):
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
