"""A WSGI application: what stands here is done once, what the function does for each request."""

import sys
import time
from calendar import HTMLCalendar
from datetime import date, datetime, timezone
from html import escape

STARTED = datetime.now(timezone.utc)
CALENDAR = HTMLCalendar()
requests = 0


def application(environ, start_response):
    begun = time.perf_counter_ns()
    global requests
    requests += 1
    today = date.today()
    root = escape(environ.get("CONTEXT_PREFIX", ""))
    head = f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Python, started once</title>
<link rel="icon" href="{root}/favicon.svg">
<link rel="stylesheet" href="{root}/style.css">
<main>
<h1>Python, started once</h1>
<p class="lead">This WSGI application was started at {STARTED:%H:%M:%S} UTC and had imported {len(sys.modules)} modules
when it was frozen. Each request goes on from there with a copy of its own.</p>
<table>
<tr><th scope="row">Requests that this copy has seen</th><td id="requests">{requests}</td></tr>
<tr><th scope="row">Query</th><td>{escape(environ["QUERY_STRING"])}</td></tr>
</table>
{CALENDAR.formatmonth(today.year, today.month)}
"""
    micros = (time.perf_counter_ns() - begun) // 1000
    foot = f"""<p>Python answered in <strong id="micros">{micros}</strong> microseconds.</p>
<p><a href="{root}/">All demos</a></p>
</main>
</html>
"""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [head.encode(), foot.encode()]
