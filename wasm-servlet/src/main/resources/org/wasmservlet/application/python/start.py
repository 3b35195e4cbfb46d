"""Starts an application, which answers one request.

    start.py wsgi DIRECTORY MODULE:CALLABLE
    start.py asgi DIRECTORY MODULE:CALLABLE
    start.py cgi SCRIPT

or runs a command where an application would be:

    start.py run DIRECTORY SCRIPT ARGUMENT...
    start.py run DIRECTORY -m MODULE ARGUMENT...
"""
import os
import sys

_HERE = os.path.dirname(__file__)
if sys.path[:1] != [_HERE]:
    # An option, -P, leaves it out.
    sys.path.insert(0, _HERE)
from wasm_servlet import moment as _moment
from wasm_servlet import stand_in as _stand_in

_stand_in.install()
_KIND, *_ARGUMENTS = sys.argv[1:]
if _KIND == "wsgi":
    from wasm_servlet import wsgi as _adapter
elif _KIND == "asgi":
    from wasm_servlet import asgi as _adapter
elif _KIND == "run":
    from wasm_servlet import command as _adapter
else:
    from wasm_servlet import script as _adapter
# The application finds its own modules alone.
del sys.path[0]
_moment.before_loading()
_adapter.main(*_ARGUMENTS)
