#!/usr/bin/env python3
"""Converts the core test suite's .wast files to JSON with wabt's wast2json.

usage: convert.py SUITE OUTPUT

A wabt that is older than the suite does not know the syntax of newer features. A file that it
refuses is tried again without the top-level form it complains of (and, if that is a module, without
the forms up to the next module, which would test it). What was left out is printed.
"""
import os
import re
import subprocess
import sys

FLAGS = ["--enable-tail-call"]


def forms(text):
    """Yields (first line, last line, text) of every top-level form."""
    depth, start, line, i = 0, 0, 1, 0
    first = 1
    while i < len(text):
        c = text[i]
        if c == "\n":
            line += 1
        elif text.startswith(";;", i):
            i = text.find("\n", i)
            if i < 0:
                break
            continue
        elif text.startswith("(;", i):
            nested = 1
            i += 2
            while nested:
                if text.startswith("(;", i):
                    nested += 1
                    i += 1
                elif text.startswith(";)", i):
                    nested -= 1
                    i += 1
                elif text[i] == "\n":
                    line += 1
                i += 1
            continue
        elif c == '"':
            i += 1
            while text[i] != '"':
                if text[i] == "\\":
                    i += 1
                elif text[i] == "\n":
                    line += 1
                i += 1
        elif c == "(":
            if depth == 0:
                start, first = i, line
            depth += 1
        elif c == ")":
            depth -= 1
            if depth == 0:
                yield first, line, text[start : i + 1]
        i += 1


def convert(path, out):
    name = os.path.splitext(os.path.basename(path))[0]
    parts = [f[2] for f in forms(open(path, encoding="utf-8", errors="surrogateescape").read())]
    left_out = 0
    work = os.path.join(out, name + ".wast")
    while parts:
        text = "\n".join(parts) + "\n"
        open(work, "w", encoding="utf-8", errors="surrogateescape").write(text)
        run = subprocess.run(
            ["wast2json", *FLAGS, work, "-o", os.path.join(out, name + ".json")],
            capture_output=True, text=True, errors="replace")
        if run.returncode == 0:
            os.remove(work)
            return len(parts), left_out
        lines = [int(m) for m in re.findall(r"\.wast:(\d+):\d+: error", run.stderr)]
        if not lines:
            break
        at = 1
        drop = None
        for n, part in enumerate(parts):
            last = at + part.count("\n")
            if at <= lines[0] <= last:
                drop = n
                break
            at = last + 1
        if drop is None:
            break
        end = drop + 1
        if re.match(r"\(module\b", parts[drop]):
            while end < len(parts) and not re.match(
                r"\((module|assert_invalid|assert_malformed|assert_unlinkable)\b", parts[end]):
                end += 1
        left_out += end - drop
        del parts[drop:end]
    for ending in (".json", ".wast"):
        if os.path.exists(os.path.join(out, name + ending)):
            os.remove(os.path.join(out, name + ending))
    return 0, left_out + len(parts)


def main():
    suite, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    folders = [suite, os.path.join(suite, "proposals", "tail-call")]
    for folder in folders:
        if not os.path.isdir(folder):
            continue
        for file in sorted(os.listdir(folder)):
            if file.endswith(".wast") and not file.startswith("simd_"):
                kept, left_out = convert(os.path.join(folder, file), out)
                if left_out:
                    print(f"{file}: {kept} forms converted, {left_out} left out")


main()
