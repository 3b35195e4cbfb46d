"""Each path tries out something of PEP 3333; the validator of the standard library looks on."""
import errno
import hashlib
import json
import os
import random
import sys
from wsgiref.validate import validator

print("printed while it was loaded")

TEXT = [("Content-Type", "text/plain; charset=utf-8")]


def _ok(start_response):
    return start_response("200 OK", TEXT)


def show_environ(environ, start_response):
    _ok(start_response)
    shown = {name: value for name, value in environ.items() if isinstance(value, str)}
    for name in ("version", "multithread", "multiprocess", "run_once", "input_terminated"):
        shown["wsgi." + name] = repr(environ["wsgi." + name])
    return [json.dumps(shown).encode()]


def show_process(environ, start_response):
    _ok(start_response)
    process = {
        "variables": [name for name in environ if name in os.environ],
        "OF_THE_ROUTE": os.environ.get("OF_THE_ROUTE"),
        "argv": sys.argv,
        "path": sys.path[0],
        "adapter": [path for path in sys.path if "wasm-servlet" in path],
        "directory": os.getcwd(),
        "file": sys.modules["__main__"].__file__,
        "stdin": sys.stdin.read(),
    }
    return [json.dumps(process).encode()]


def digest_body(environ, start_response):
    """Reads as it comes, in pieces that are no power of two."""
    _ok(start_response)
    digest = hashlib.sha256()
    length = 0
    while True:
        data = environ["wsgi.input"].read(10007)
        if not data:
            break
        digest.update(data)
        length += len(data)
    return [("%d %s" % (length, digest.hexdigest())).encode()]


def read_lines(environ, start_response):
    _ok(start_response)
    body = environ["wsgi.input"]
    read = [body.readline(), body.readline(3), body.read(2)]
    read.append(next(iter(body)))
    read.append(body.readlines())
    read.append(body.read(10))
    return [repr(read).encode()]


def write(environ, start_response):
    by_hand = _ok(start_response)
    by_hand(b"written, ")
    return [b"and ", b"", b"returned"]


def generate(environ, start_response):
    """Says what the response is as late as it may."""
    _ok(start_response)
    yield b"a"
    yield b""
    yield b"b"


def large(environ, start_response):
    start_response("200 OK", TEXT + [("Content-Length", "3000000")])
    for digit in range(30):
        yield b"%d" % (digit % 10) * 100000


def nothing(environ, start_response):
    start_response("204 No Content", [("X-Nothing", "yes")])
    return []


def headers(environ, start_response):
    start_response(
        "418 I'm a teapot",
        TEXT + [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Bytes", "caf\xc3\xa9 \xff")],
    )
    return [b"short and stout"]


def replaced(environ, start_response):
    """PEP 3333: as long as nothing has been sent, an error takes the response's place."""
    _ok(start_response)
    yield b""
    try:
        raise KeyError("in time")
    except KeyError:
        start_response("503 Replaced", TEXT, sys.exc_info())
    yield b"another response"


def too_late(environ, start_response):
    _ok(start_response)
    yield b"x" * 200000
    try:
        raise KeyError("too late")
    except KeyError:
        start_response("503 Replaced", TEXT, sys.exc_info())
    yield b"never"


def started_twice(environ, start_response):
    _ok(start_response)
    _ok(start_response)
    return [b"never"]


def fails_before(environ, start_response):
    _ok(start_response)
    raise KeyError("before the headers")


def fails_after(environ, start_response):
    _ok(start_response)
    yield b"x" * 200000
    raise KeyError("after the headers")


def fails_soon_after(environ, start_response):
    _ok(start_response)
    yield b"not yet at the client"
    raise KeyError("soon after the headers")


def text(environ, start_response):
    _ok(start_response)
    return ["not bytes"]


def leaves(environ, start_response):
    _ok(start_response)
    sys.exit(0)


class Closed:
    """An iterable that tells when it is closed."""

    def __init__(self, parts):
        self.parts = iter(parts)

    def __iter__(self):
        return self

    def __next__(self):
        part = next(self.parts)
        if part is None:
            raise KeyError("within the iterable")
        return part

    def close(self):
        sys.stderr.write("closed\n")


def closed(environ, start_response):
    _ok(start_response)
    return Closed([b"to be closed"])


def closed_on_failure(environ, start_response):
    _ok(start_response)
    return Closed([b"", None])


def prints(environ, start_response):
    _ok(start_response)
    print("to the log")
    environ["wsgi.errors"].write("and this as well: \xfc\n")
    return [b"not printed"]


def throws_dice(environ, start_response):
    _ok(start_response)
    return [repr(random.random()).encode()]


def spoils(environ, start_response):
    """What speaks with the server is not the application's to change."""
    _ok(start_response)
    try:
        with open("/wasm-servlet/python/start.py", "w"):
            return [b"spoiled"]
    except OSError as error:
        return [errno.errorcode[error.errno].encode()]


SEEN = []


def counts(environ, start_response):
    """No request sees what another one has left behind."""
    _ok(start_response)
    SEEN.append(1)
    os.environ["SEEN"] = os.environ.get("SEEN", "") + "x"
    return [repr((len(SEEN), os.environ["SEEN"])).encode()]


BROKEN_HEADERS = {
    "line-break": ("X-Broken", "a\r\nX-More: b"),
    "no-latin": ("X-Broken", "\u20ac"),
    "status": ("Status", "200"),
}


def unchecked(environ, start_response):
    """What the validator would not let pass gets to the server."""
    kind = environ["PATH_INFO"].rpartition("/")[2]
    if kind in BROKEN_HEADERS:
        start_response("200 OK", TEXT + [BROKEN_HEADERS[kind]])
        return [b"never"]
    if kind == "early":
        return [b"a part before start_response"]
    if kind == "none":
        _ok(start_response)
        return None
    return text(environ, start_response)


PAGES = {
    function.__name__.replace("_", "-"): function
    for function in (
        show_environ, show_process, digest_body, read_lines, write, generate, large, nothing,
        headers, replaced, too_late, started_twice, fails_before, fails_after, fails_soon_after,
        leaves, closed, closed_on_failure, prints, throws_dice, counts, spoils,
    )
}


def dispatch(environ, start_response):
    return PAGES[environ["PATH_INFO"].split("/")[1]](environ, start_response)


class site:
    """Its callable has a dotted name."""

    checked = staticmethod(validator(dispatch))


def application(environ, start_response):
    if environ["PATH_INFO"].startswith("/unchecked/"):
        return unchecked(environ, start_response)
    return site.checked(environ, start_response)
