"""The frame of the Python demos' pages."""

import os
import sys
from html import escape


def root():
    return os.environ.get("CONTEXT_PREFIX", "")


def send(title, body):
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print("Content-Type: text/html; charset=utf-8\n")
    print(f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
<link rel="icon" href="{escape(root())}/favicon.svg">
<link rel="stylesheet" href="{escape(root())}/style.css">
<main>
<h1>{escape(title)}</h1>
{body}
<p><a href="{escape(root())}/">All demos</a></p>
</main>
</html>""")
