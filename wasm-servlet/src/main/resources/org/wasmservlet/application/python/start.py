"""Starts an application, which answers one request.

    start.py wsgi DIRECTORY MODULE:CALLABLE
    start.py cgi SCRIPT
"""
import os
import sys

_HERE = os.path.dirname(__file__)
if sys.path[:1] != [_HERE]:
    # An option, -P, leaves it out.
    sys.path.insert(0, _HERE)
_KIND, *_ARGUMENTS = sys.argv[1:]
if _KIND == "wsgi":
    from wasm_servlet import wsgi as _adapter
else:
    from wasm_servlet import script as _adapter
# The application finds its own modules alone.
del sys.path[0]
_adapter.main(*_ARGUMENTS)
