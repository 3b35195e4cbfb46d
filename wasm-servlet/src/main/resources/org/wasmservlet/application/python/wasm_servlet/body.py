"""The body of a request."""
import io
import os


class Body(io.RawIOBase):
    """So many bytes of descriptor 0, which are read as they are asked for."""

    def __init__(self, length):
        self._left = length

    def readable(self):
        return True

    def is_left(self):
        """Whether there is more of it."""
        return self._left > 0

    def readinto(self, buffer):
        if not self._left:
            return 0
        data = os.read(0, min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)
