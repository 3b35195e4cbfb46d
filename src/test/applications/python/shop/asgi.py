"""Each path tries out something of ASGI, or of what stands in for threads."""
import asyncio
import concurrent.futures
import contextvars
import hashlib
import json
import threading

TEXT = [(b"content-type", b"text/plain; charset=utf-8")]

NAME = contextvars.ContextVar("NAME", default="nobody")


async def answer(send, text, status=200):
    await send({"type": "http.response.start", "status": status, "headers": TEXT})
    await send({"type": "http.response.body", "body": text.encode()})


async def show_scope(scope, receive, send):
    shown = {name: value for name, value in scope.items() if name not in ("headers", "state")}
    shown["headers"] = [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]]
    shown["state"] = scope["state"]["started"]
    for name in ("query_string", "raw_path"):
        shown[name] = shown[name].decode("latin-1")
    await answer(send, json.dumps(shown))


async def digest_body(scope, receive, send):
    digest = hashlib.sha256()
    length = 0
    more = True
    while more:
        message = await receive()
        digest.update(message["body"])
        length += len(message["body"])
        more = message["more_body"]
    await answer(send, "%d %s" % (length, digest.hexdigest()))
    assert (await receive())["type"] == "http.disconnect"


async def stream(scope, receive, send):
    await send({"type": "http.response.start", "status": 418, "headers": TEXT})
    for part in (b"a", b"", b"b"):
        await asyncio.sleep(0.01)
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body"})


def blocking(text):
    """As on a thread of its own: no event loop runs here, and another one may."""
    NAME.set("somebody")
    return "%s %s" % (text, asyncio.run(slowly("inside")))


async def slowly(text):
    await asyncio.sleep(0.01)
    return text


def interrupted():
    raise KeyError("in the pool")


async def pools(scope, receive, send):
    loop = asyncio.get_running_loop()
    told = [await asyncio.to_thread(blocking, "a"), await loop.run_in_executor(None, blocking, "b")]
    with concurrent.futures.ThreadPoolExecutor(2, initializer=told.append, initargs=["begun"]) as pool:
        told += pool.map(str.upper, "xy")
        future = pool.submit(interrupted)
        told.append(repr(future.exception()))
    try:
        pool.submit(str)
    except RuntimeError as error:
        told.append(str(error))
    try:
        threading.Thread(target=print).start()
    except RuntimeError as error:
        told.append(str(error))
    told += [NAME.get(), str(asyncio.get_running_loop() is loop)]
    await answer(send, ", ".join(told))


async def within(scope, receive, send):
    """A function that is called by the event loop waits for what that has still to do."""
    from wasm_servlet.stand_in import elsewhere

    loop = asyncio.get_running_loop()

    def wait():
        future = asyncio.run_coroutine_threadsafe(slowly("done within"), loop)
        elsewhere.wait_for(future)
        return future.result()

    told = await asyncio.gather(asyncio.to_thread(wait), slowly("beside"))
    await answer(send, ", ".join(told))


async def hangs(scope, receive, send):
    await asyncio.Event().wait()


async def fails(scope, receive, send):
    raise KeyError("before the response")


async def fails_within(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": TEXT})
    await send({"type": "http.response.body", "body": b"x" * 200000, "more_body": True})
    raise KeyError("within the response")


async def fails_afterwards(scope, receive, send):
    await answer(send, "an error page", 500)
    raise KeyError("after the response")


async def says_too_little(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": TEXT})


async def says_too_much(scope, receive, send):
    await answer(send, "whole")
    await answer(send, "never")


PAGES = {
    function.__name__.replace("_", "-"): function
    for function in (
        show_scope, digest_body, stream, pools, within, hangs, fails, fails_within, fails_afterwards,
        says_too_little, says_too_much,
    )
}


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        assert (await receive())["type"] == "lifespan.startup"
        scope["state"]["started"] = await slowly("started")
        await send({"type": "lifespan.startup.complete"})
        assert (await receive())["type"] == "lifespan.shutdown"
        print("stopped")
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await PAGES[scope["path"][len(scope["root_path"]) :].split("/")[1]](scope, receive, send)


async def without_lifespan(scope, receive, send):
    assert scope["type"] == "http"
    await answer(send, "no lifespan")


async def cannot_start(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "for want of a table"})
