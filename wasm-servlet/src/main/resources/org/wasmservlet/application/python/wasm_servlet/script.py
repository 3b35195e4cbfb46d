"""CGI scripts, as they are."""
import _ast
import atexit
import builtins
import os
import sys

from wasm_servlet.moment import await_request

# They do something when they are imported.
_ACT = ("antigravity", "this")


def main(path):
    """Compiles a script, runs it for a request, and ends the process."""
    directory = os.path.dirname(path)
    sys.argv[:] = [path]
    sys.path.insert(0, directory)
    # RFC 3875, section 7.2.
    os.chdir(directory)
    with open(path, "rb") as file:
        source = file.read()
    tree = compile(source, path, "exec", _ast.PyCF_ONLY_AST, dont_inherit=True)
    code = compile(tree, path, "exec", dont_inherit=True)
    _import_standard_modules(tree, directory)
    module = _main_module(path)
    _set_environment(await_request())
    os._exit(_run(code, module))


def _import_standard_modules(tree, directory):
    """Imports what the script is going to import of the standard library: that takes most of the
    time of most scripts, and has nothing to do with a request, as the script's own modules may."""
    for statement in tree.body:
        if isinstance(statement, _ast.Import):
            for alias in statement.names:
                _import_standard_module(alias.name, (), directory)
        elif isinstance(statement, _ast.ImportFrom) and not statement.level:
            names = [alias.name for alias in statement.names]
            _import_standard_module(statement.module, names, directory)


def _import_standard_module(name, members, directory):
    top = name.partition(".")[0]
    if top not in sys.stdlib_module_names or top in _ACT:
        return
    own = os.path.join(directory, top)
    if os.path.exists(own) or os.path.exists(own + ".py"):
        return
    try:
        __import__(name, fromlist=members)
    except Exception:
        # The script will meet it, and may know what to do.
        pass


def _main_module(path):
    module = type(sys)("__main__")
    module.__file__ = path
    module.__builtins__ = builtins
    module.__cached__ = None
    module.__annotations__ = {}
    sys.modules["__main__"] = module
    return module


def _set_environment(variables):
    if variables.get("CONTENT_LENGTH") == "0" and "CONTENT_TYPE" not in variables:
        # SCGI always has it, CGI only where there is a body.
        del variables["CONTENT_LENGTH"]
    for name, value in variables.items():
        os.environ[name] = os.fsdecode(value.encode("latin-1"))


def _run(code, module):
    """Returns the exit code that Python would have ended with."""
    try:
        exec(code, module.__dict__)
        status = 0
    except SystemExit as end:
        status = _status(end.code)
    except BaseException as error:
        # Without the frame of this function.
        trace = error.__traceback__.tb_next
        sys.excepthook(type(error), error.with_traceback(trace), trace)
        status = 1
    # What Python does at its end, as far as anybody notices: files that are open are written.
    atexit._run_exitfuncs()
    module.__dict__.clear()
    return status if _flush() else 120


def _status(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _flush():
    written = True
    for name in ("stdout", "__stdout__", "stderr"):
        stream = getattr(sys, name, None)
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except ValueError:
            # Detached: the script has put another one in its place.
            pass
        except OSError as error:
            print(error, file=sys.__stderr__)
            written = False
    return written
