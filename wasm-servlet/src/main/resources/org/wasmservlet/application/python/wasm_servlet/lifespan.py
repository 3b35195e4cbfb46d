"""What an ASGI application does before its first request, and after its last one."""
import asyncio
import sys


class Lifespan:
    """Its startup is over before there is a request, its shutdown follows on the response."""

    def __init__(self, application, version):
        self.state = {}
        self._application = application
        self._scope = {"type": "lifespan", "asgi": version, "state": self.state}
        self._begun = False
        self._stop = asyncio.Event()
        self._started = asyncio.Event()
        self._failure = None
        self._task = None

    async def start(self):
        """Returns when the application is ready, or has no lifespan."""
        self._task = asyncio.ensure_future(self._run())
        await self._started.wait()
        if self._failure is not None:
            raise RuntimeError("the application could not be started: " + self._failure)

    async def stop(self):
        """Returns the exit code: 0 unless the application failed."""
        self._stop.set()
        await self._task
        if self._failure is not None:
            sys.stderr.write("the application could not be stopped: " + self._failure + "\n")
        return 0 if self._failure is None else 1

    async def _run(self):
        try:
            await self._application(self._scope, self._receive, self._send)
        except Exception as error:
            if self._started.is_set() and self._failure is None:
                self._failure = repr(error)
            # By the specification, it has no lifespan if it fails before it has said anything.
        finally:
            self._started.set()

    async def _receive(self):
        if not self._begun:
            self._begun = True
            return {"type": "lifespan.startup"}
        await self._stop.wait()
        return {"type": "lifespan.shutdown"}

    async def _send(self, message):
        kind = message["type"]
        if kind.endswith(".failed"):
            self._failure = message.get("message", "")
        if kind.startswith("lifespan.startup."):
            self._started.set()
