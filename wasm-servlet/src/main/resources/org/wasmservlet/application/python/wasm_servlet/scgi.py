"""The variables of a request, which come by SCGI."""
import os

# Fewer bytes than the shortest header has: nothing of the body is read before it is asked for.
_FIRST = 16


def read_variables():
    """Reads a request's header from descriptor 0, which has the body after that.

    Returns values by name; each character is a byte.
    """
    beginning = os.read(0, _FIRST)
    while beginning and b":" not in beginning and len(beginning) < _FIRST:
        beginning += _read(_FIRST - len(beginning))
    length, colon, header = beginning.partition(b":")
    if not colon or not length.isdigit():
        raise ValueError("standard input begins with no request: %r" % beginning)
    parts = [header]
    left = int(length) + len(",") - len(header)
    while left > 0:
        parts.append(_read(left))
        left -= len(parts[-1])
    header = b"".join(parts)
    if not header.endswith(b","):
        raise ValueError("the request's header does not end where it says: %r" % header[-20:])
    fields = header[:-1].decode("latin-1").split("\0")
    variables = dict(zip(fields[::2], fields[1::2]))
    # It tells of this protocol, and not of the request.
    variables.pop("SCGI", None)
    return variables


def url_scheme(variables):
    """By which of http and https a request has come."""
    return "https" if variables.get("HTTPS", "").lower() in ("on", "1") else "http"


def _read(most):
    data = os.read(0, most)
    if not data:
        raise EOFError("standard input ended within the request's header")
    return data
