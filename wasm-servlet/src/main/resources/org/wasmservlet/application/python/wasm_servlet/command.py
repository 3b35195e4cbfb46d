"""Commands, such as a framework's manage.py."""
import os
import runpy
import sys


def main(directory, *words):
    """Runs a script with its arguments, or a module after "-m", as Python does."""
    os.chdir(directory)
    if words[0] == "-m":
        sys.argv[:] = words[1:]
        sys.path.insert(0, directory)
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        path = os.path.join(directory, words[0])
        sys.argv[:] = [path, *words[1:]]
        sys.path.insert(0, os.path.dirname(path))
        runpy.run_path(path, run_name="__main__")
