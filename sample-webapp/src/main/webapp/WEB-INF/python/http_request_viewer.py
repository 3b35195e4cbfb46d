"""Shows the request that it got: method, path, query, headers and body."""

import os
import sys
from html import escape

import page


def table(rows):
    cells = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>\n'
        for name, value in rows
    )
    return f"<table>{cells}</table>"


def header_name(variable):
    return "-".join(part.capitalize() for part in variable.removeprefix("HTTP_").split("_"))


env = os.environ
request = [
    ("Method", env["REQUEST_METHOD"]),
    ("Path", env["SCRIPT_NAME"] + env.get("PATH_INFO", "")),
    ("Query", env["QUERY_STRING"]),
    ("Protocol", env["SERVER_PROTOCOL"]),
]
headers = [(header_name(name), value) for name, value in sorted(env.items()) if name.startswith("HTTP_")]
for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
    if name in env:
        headers.append((header_name(name), env[name]))
body = sys.stdin.buffer.read(int(env.get("CONTENT_LENGTH") or 0))

page.send(
    "HTTP request viewer",
    f"""<p class="lead">Python {sys.version.split()[0]} on {escape(sys.platform)}, started for this request alone.</p>
{table(request)}
<h2>Headers</h2>
{table(headers)}
<h2>Body</h2>
<pre id="body">{escape(body.decode("utf-8", "replace")) or "(none)"}</pre>
<form method="post" action="{escape(env["SCRIPT_NAME"])}/posted?from=form">
<label for="text">Send a body</label>
<textarea id="text" name="text" rows="3"></textarea>
<button>POST it</button>
</form>""",
)
