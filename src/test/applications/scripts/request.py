#!/usr/bin/env python3
"""Answers with all that it has been told, as CGI scripts have always done."""
from __future__ import annotations

import atexit
import io
import json
import os
import random
import sys
import urllib.parse
from xml.etree import ElementTree

import beside

query = urllib.parse.parse_qs(os.environ["QUERY_STRING"], keep_blank_values=True)


def first(name):
    return query.get(name, [None])[0]


if first("early"):
    sys.exit(int(first("early")))

body = os.read(0, 1 << 20) if "raw" in query else sys.stdin.buffer.read()
variables = {name: os.environ[name] for name in sorted(os.environ)}
# It is another one in each connection.
variables.pop("REMOTE_PORT", None)

sys.stdout.write("Content-Type: text/plain; charset=utf-8\n")
sys.stdout.write("X-Answer: yes\n")
if "status" in query:
    print("Status:", first("status"))
print()
print(json.dumps(variables, indent=1))
print(len(body), body[:20], sys.argv, __name__, __file__, __doc__, sorted(globals())[:9])
print(sys.modules["__main__"].__dict__ is globals(), sys.path[0], beside.SEEN, "café")
print(ElementTree.fromstring("<a><b/></a>")[0].tag, 0 <= random.random() < 1)

if "replaced" in query:
    sys.stdout.flush()
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-16")
    print("in another encoding")
if "written" in query:
    # Nobody closes it.
    file = open("/data/written.txt", "w")
    file.write(first("written"))
if "atexit" in query:
    atexit.register(print, "at the end")
if "large" in query:
    sys.stdout.flush()
    os.write(1, b"x" * 300000)
if "log" in query:
    print("to the log", file=sys.stderr)


class Failing:
    def fail(self):
        raise KeyError("the script's own")


if "fail" in query:
    Failing().fail()
if "exit" in query:
    code = first("exit")
    sys.exit(int(code) if code.isdigit() else code)
