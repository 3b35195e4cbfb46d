"""A second application on the same module: a calendar, by the query string's year and month."""

import calendar
import datetime
import os
from html import escape
from urllib.parse import parse_qs

import page

query = parse_qs(os.environ["QUERY_STRING"])
today = datetime.date.today()


def number(name, default, low, high):
    try:
        return min(max(int(query[name][0]), low), high)
    except (KeyError, ValueError):
        return default


year = number("year", today.year, 1, 9998)
month = number("month", today.month, 1, 12)
before = datetime.date(year, month, 1) - datetime.timedelta(days=1) if (year, month) > (1, 1) else today
after = datetime.date(year, month, 28) + datetime.timedelta(days=4)
script = escape(os.environ["SCRIPT_NAME"])

page.send(
    f"{calendar.month_name[month]} {year}",
    f"""<p class="lead">The second application on the Python module that the request viewer runs on.</p>
<pre>{escape(calendar.TextCalendar().formatmonth(year, month))}</pre>
<p><a href="{script}?year={before.year}&amp;month={before.month}">Earlier</a> ·
<a href="{script}?year={after.year}&amp;month={after.month}">Later</a></p>""",
)
