#!/usr/bin/env python3
"""Writes modules with instructions that wat2wasm does not know. Each exits with 7."""


def section(number, *items):
    content = bytes([len(items)]) + b"".join(items)
    return bytes([number, len(content)]) + content


def name(text):
    return bytes([len(text)]) + text.encode()


def body(code):
    content = bytes([0]) + bytes.fromhex(code) + bytes([0x0B])
    return bytes([len(content)]) + content


def module(file, types, functions, bodies, exits=0, tags=()):
    """exits: the type of proc_exit, (i32) -> (); _start is the last function."""
    with open(file, "wb") as out:
        out.write(b"\0asm\1\0\0\0")
        out.write(section(1, *map(bytes.fromhex, types)))
        out.write(section(2, name("wasi_snapshot_preview1") + name("proc_exit") + bytes([0, exits])))
        out.write(section(3, *(bytes([f]) for f in functions)))
        out.write(section(5, bytes([0, 1])))
        if tags:
            out.write(section(13, *(bytes([0, t]) for t in tags)))
        out.write(
            section(
                7,
                name("memory") + bytes([2, 0]),
                name("proc_exit") + bytes([0, 0]),
                name("_start") + bytes([0, len(functions)]),
            )
        )
        out.write(section(10, *map(body, bodies)))


TAKES_I32 = "60017f00"
NOTHING = "600000"

# A function throws 7; block (result i32), try_table (catch tag 0 to the block), call it.
module(
    "exceptions.wasm",
    [TAKES_I32, NOTHING],
    [1, 1],
    ["41070800", "027f 1f40 01000000 1001 0b 4101 0b 1000"],
    tags=[0],
)
# A function that takes a reference to an exception throws it again: one that has 7.
module(
    "exnrefs.wasm",
    [TAKES_I32, NOTHING, "60016900"],
    [2, 1],
    [
        "2000 0a",
        "027f 1f40 01000000 0269 1f40 010300 41070800 0b 00 0b 1001 0b 4101 0b 1000",
    ],
    tags=[0],
)
# i32.const 7, ref.func proc_exit, call_ref.
module("references.wasm", [TAKES_I32, NOTHING], [1], ["4107 d200 1400"])
# i32.const 7, struct.new, struct.get, call proc_exit.
module("garbage.wasm", ["5f017f01", TAKES_I32, NOTHING], [2], ["4107 fb0000 fb020000 1000"], exits=1)
