"""The response, which goes to descriptor 1 as a CGI program's."""


class Response:
    """What an application answers, as it comes (PEP 3333)."""

    def __init__(self):
        self._out = open(1, "wb", closefd=False)
        self._head = None
        self._begun = False

    def start(self, status, headers, exc_info=None):
        """PEP 3333's start_response: nothing is sent before there is a part of the body."""
        if exc_info is not None:
            try:
                if self._begun:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                # It refers to this frame.
                exc_info = None
        elif self._head is not None:
            raise RuntimeError("start_response was called before, and is not given exc_info now")
        self._head = _head(status, headers)
        return self.write

    def write(self, part):
        """Sends a part of the body, and whatever is to be before it."""
        if part:
            self._begin()
            self._out.write(part)
            self._out.flush()

    def finish(self):
        """Sends the head of a response without a body."""
        self._begin()
        self._out.flush()

    def _begin(self):
        if not self._begun:
            if self._head is None:
                raise RuntimeError("start_response was not called")
            self._out.write(self._head)
            self._begun = True


def _head(status, headers):
    lines = ["Status: " + status]
    for name, value in headers:
        if name.lower() == "status":
            raise ValueError("not a header: the status is an argument of start_response")
        lines.append(name + ": " + value)
    for line in lines:
        if "\n" in line or "\r" in line:
            raise ValueError("a line break in a header: %r" % line)
    return "\r\n".join(lines + ["", ""]).encode("latin-1")
