"""A page for each thing that a site does, by Starlette."""
import asyncio
import contextlib
import hashlib
import html
import sqlite3

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

PAGE = """<!DOCTYPE html>
<link rel="stylesheet" href="%s">
<form method="post"><input name="text"><button>Add</button></form>
<ul>%s</ul>
"""


async def home(request):
    return PlainTextResponse("hello")


async def notes(request):
    with sqlite3.connect("/data/notes.sqlite3") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text)")
        if request.method == "POST":
            form = await request.form()
            connection.execute("INSERT INTO note VALUES (?)", [form["text"]])
            return RedirectResponse(request.url_for("notes"), 303)
        rows = connection.execute("SELECT text FROM note")
        items = "".join("<li>%s</li>" % html.escape(text) for (text,) in rows)
    style = request.url_for("static", path="style.css").path
    return HTMLResponse(PAGE % (style, items))


async def upload(request):
    form = await request.form()
    file = form["file"]
    digest = hashlib.sha256(await file.read()).hexdigest()
    return PlainTextResponse("%s %s %s" % (form["title"], file.filename, digest))


def visits(request):
    """No coroutine: Starlette would have a thread do it."""
    request.session["visits"] = request.session.get("visits", 0) + 1
    return PlainTextResponse(str(request.session["visits"]))


async def stream(request):
    async def lines():
        for number in range(3):
            await asyncio.sleep(0.01)
            yield "line %d\n" % number

    return StreamingResponse(lines(), media_type="text/plain")


async def asynchronous(request):
    """Waits for others, and tells what there was before the request."""
    there, back = await asyncio.gather(asyncio.to_thread(lambda: "there"), _slowly("and back"))
    return PlainTextResponse("%s %s, %s" % (there, back, request.state.started))


async def _slowly(text):
    await asyncio.sleep(0.01)
    return text


async def scope(request):
    shown = {name: request.scope[name] for name in ("path", "root_path", "method", "http_version")}
    shown["query"] = request.url.query
    shown["header"] = request.headers["x-header"]
    shown["body"] = [len(part) async for part in request.stream()]
    return PlainTextResponse(repr(shown))


async def hangs(request):
    await asyncio.Event().wait()


async def fails(request):
    raise KeyError("in a view")


async def fails_later(request):
    async def parts():
        yield "x" * 200000
        raise KeyError("after the headers")

    return StreamingResponse(parts())


@contextlib.asynccontextmanager
async def lifespan(application):
    await asyncio.sleep(0.01)
    yield {"started": "started"}
    print("stopped")


application = Starlette(
    routes=[
        Route("/", home),
        Route("/notes", notes, methods=["GET", "POST"], name="notes"),
        Route("/upload", upload, methods=["POST"]),
        Route("/visits", visits),
        Route("/stream", stream),
        Route("/asynchronous", asynchronous),
        Route("/scope/{rest:path}", scope, methods=["GET", "POST"]),
        Route("/hangs", hangs),
        Route("/fails", fails),
        Route("/fails-later", fails_later),
        Mount("/static", StaticFiles(directory="static"), name="static"),
    ],
    middleware=[Middleware(SessionMiddleware, secret_key="of the tests")],
    lifespan=lifespan,
)
