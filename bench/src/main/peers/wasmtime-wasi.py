# Runs WASI programs on wasmtime, as node-wasi.mjs does on V8. Needs the package `wasmtime`.
# python3 wasmtime-wasi.py <module>
#
# Each line of standard input is a number and a file that says what to run (Order.java); each run is
# answered with the CPU nanoseconds of this thread for the instance and for the run, and how it ended.
import ctypes
import hashlib
import importlib.metadata
import os
import sys
import threading
import time

import wasmtime

STACK = 512 << 20
MEMORY = 1 << 30
# How often a program that has a time limit is looked at, in seconds.
TICK = 0.1
PREVIEW_0 = "wasi_unstable"
PREVIEW_1 = "wasi_snapshot_preview1"
# Preview 0's current, end, set are preview 1's 1, 2, 0.
WHENCE = {0: 1, 1: 2, 2: 0}


def read_order(path):
    order = {"arg": [], "env": [], "dir": [], "entry": "_start"}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.rstrip("\n").partition(" ")
            if isinstance(order.get(key), list):
                order[key].append(value)
            else:
                order[key] = value
    return order


class Preview0:
    """The functions of preview 0 that differ from preview 1's, by these.

    Preview 1's look for the memory of their caller, so the caller must be an instance: a shim that
    exports the program's memory as its own. What poll_oneoff differs in, no program here uses.
    """

    def __init__(self, linker, module):
        self.linker = linker
        self.shim = None
        for item in module.imports:
            if item.module != PREVIEW_0:
                continue
            if item.name == "fd_seek":
                self.define(item, lambda fd, to, whence, at: self.call(
                    "fd_seek", fd, to, WHENCE.get(whence, 99), at))
            elif item.name in ("fd_filestat_get", "path_filestat_get"):
                self.define(item, lambda *a, name=item.name: self.stat(name, *a))

    def define(self, item, function):
        self.linker.define_func(PREVIEW_0, item.name, item.type, function)

    def alias(self, store, module):
        """Lets the other functions have both names."""
        for item in module.imports:
            if item.module == PREVIEW_0 and item.name not in (
                "fd_seek", "fd_filestat_get", "path_filestat_get"
            ):
                same = self.linker.get(store, PREVIEW_1, item.name)
                self.linker.define(store, PREVIEW_0, item.name, same)

    def bind(self, store, engine, linker, instance):
        shim = wasmtime.Module(engine, f"""(module
          (import "program" "memory" (memory 0))
          (import "{PREVIEW_1}" "fd_seek" (func $s (param i32 i64 i32 i32) (result i32)))
          (import "{PREVIEW_1}" "fd_filestat_get" (func $f (param i32 i32) (result i32)))
          (import "{PREVIEW_1}" "path_filestat_get"
            (func $p (param i32 i32 i32 i32 i32) (result i32)))
          (export "memory" (memory 0))
          (func (export "fd_seek") (param i32 i64 i32 i32) (result i32)
            (call $s (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
          (func (export "fd_filestat_get") (param i32 i32) (result i32)
            (call $f (local.get 0) (local.get 1)))
          (func (export "path_filestat_get") (param i32 i32 i32 i32 i32) (result i32)
            (call $p (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4))))""")
        self.store = store
        self.memory = instance.exports(store)["memory"]
        linker.define(store, "program", "memory", self.memory)
        self.shim = linker.instantiate(store, shim).exports(store)

    def call(self, name, *arguments):
        return self.shim[name](self.store, *arguments)

    def stat(self, name, *arguments):
        """Preview 1's has 64 bytes, with 8 for the number of links; preview 0's 56, with 4."""
        at = arguments[-1] & 0xFFFFFFFF
        beyond = self.memory.read(self.store, at + 56, at + 64)
        error = self.call(name, *arguments)
        if error == 0:
            new = bytes(self.memory.read(self.store, at, at + 64))
            old = new[:17] + bytes(3) + new[24:28] + new[32:64]
            self.memory.write(self.store, old + beyond, at)
        else:
            self.memory.write(self.store, beyond, at + 56)
        return error


class Exit(Exception):
    """The program has ended itself."""

    def __init__(self, code):
        self.code = code


def leave(code):
    raise Exit(code)


class Runner:
    def __init__(self, path):
        config = wasmtime.Config()
        config.epoch_interruption = True
        # The package has no name for it, and it bounds the other.
        wasmtime._bindings.dll.wasmtime_config_async_stack_size_set(
            config.ptr(), ctypes.c_size_t(STACK))
        config.max_wasm_stack = STACK // 2
        self.engine = wasmtime.Engine(config)
        self.module = self.compiled(path)
        self.unstable = any(item.module == PREVIEW_0 for item in self.module.imports)
        threading.Thread(target=self.tick, daemon=True).start()

    def compiled(self, path):
        """Compiling takes a minute of a processor: what comes out is kept beside the module."""
        with open(path, "rb") as file:
            module = file.read()
        digest = hashlib.sha256(module).hexdigest()[:16]
        kept = f"{path}.{digest}.wasmtime-{importlib.metadata.version('wasmtime')}"
        if not os.path.exists(kept):
            code = wasmtime.Module(self.engine, module).serialize()
            with open(f"{kept}.{os.getpid()}", "wb") as file:
                file.write(code)
            os.replace(f"{kept}.{os.getpid()}", kept)
        return wasmtime.Module.deserialize_file(self.engine, kept)

    def tick(self):
        while True:
            time.sleep(TICK)
            self.engine.increment_epoch()

    def run(self, order):
        linker = wasmtime.Linker(self.engine)
        linker.define_wasi()
        # wasmtime's own takes codes from 126 for a fault.
        linker.allow_shadowing = True
        code = wasmtime.FuncType([wasmtime.ValType.i32()], [])
        linker.define_func(PREVIEW_1, "proc_exit", code, leave)
        store = wasmtime.Store(self.engine)
        store.set_limits(memory_size=MEMORY)
        store.set_epoch_deadline(int(int(order.get("seconds", 3600)) / TICK))
        wasi = wasmtime.WasiConfig()
        wasi.argv = order["arg"]
        wasi.env = [tuple(variable.split(" ", 1)) for variable in order["env"]]
        for directory in order["dir"]:
            guest, host = directory.split(" ", 1)
            wasi.preopen_dir(host, guest)
        wasi.stdin_file = order["stdin"]
        wasi.stdout_file = order["stdout"]
        if "stderr" in order:
            wasi.stderr_file = order["stderr"]
        else:
            wasi.inherit_stderr()
        before = time.thread_time_ns()
        store.set_wasi(wasi)
        preview0 = None
        if self.unstable:
            preview0 = Preview0(linker, self.module)
            preview0.alias(store, self.module)
        # What nobody provides traps when it is called.
        linker.define_unknown_imports_as_traps(self.module)
        instance = linker.instantiate(store, self.module)
        if preview0:
            preview0.bind(store, self.engine, linker, instance)
        between = time.thread_time_ns()
        try:
            instance.exports(store)[order["entry"]](store)
            end = "0"
        except Exit as exit:
            end = str(exit.code)
        except wasmtime.Trap as trap:
            late = trap.trap_code == wasmtime.TrapCode.INTERRUPT
            end = "late" if late else f"trap:{trap.trap_code or trap.message}".replace(" ", "_")
        except wasmtime.WasmtimeError as error:
            end = f"trap:{error}".splitlines()[-1].strip().replace(" ", "_")
        after = time.thread_time_ns()
        print(between - before, after - between, end, flush=True)


def main():
    started = time.perf_counter_ns()
    started_cpu = time.process_time_ns()
    runner = Runner(sys.argv[1])
    wall = time.perf_counter_ns() - started
    print("ready", wall, time.process_time_ns() - started_cpu, -1, flush=True)
    for line in sys.stdin:
        times, path = line.rstrip("\n").split(" ", 1)
        order = read_order(path)
        for _ in range(int(times)):
            runner.run(order)
        print(".", flush=True)


# A thread of its own, for its stack.
threading.stack_size(STACK)
thread = threading.Thread(target=main)
thread.start()
thread.join()
