# Does with random modules on wasmtime what Observation.java does on Chicory's instances. Needs the
# package `wasmtime`. Values go through ctypes, for the package's own know neither vectors nor bits.
#
# Standard input: a line, `validate BYTES` or `run BYTES LINES`, then the module, then the lines:
#   call NAME RESULTS [TYPE:VALUE...]   a vector is 7b:LOW:HIGH; then the globals and some memory
#   state                               all of the memory, and the tables
# Standard output: what was seen, line by line, and a line with a dot.
import ctypes
import struct
import sys
import zlib

import wasmtime
from wasmtime import _ffi as ffi

I32, I64, F32, F64, V128, FUNC, EXTERN = range(7)
TYPES = {0x7F: I32, 0x7E: I64, 0x7D: F32, 0x7C: F64, 0x7B: V128, 0x6F: EXTERN, 0x70: FUNC}
MOSTLY_USED = 0x2100
NULL = -1
NO_FINALIZER = ctypes.CFUNCTYPE(None, ctypes.c_void_p)()
TRAPS = {
    wasmtime.TrapCode.MEMORY_OUT_OF_BOUNDS: "out of bounds memory",
    wasmtime.TrapCode.TABLE_OUT_OF_BOUNDS: "out of bounds table",
    wasmtime.TrapCode.INDIRECT_CALL_TO_NULL: "uninitialized element",
    wasmtime.TrapCode.BAD_SIGNATURE: "indirect call type mismatch",
    wasmtime.TrapCode.INTEGER_OVERFLOW: "integer overflow",
    wasmtime.TrapCode.INTEGER_DIVISION_BY_ZERO: "divide by zero",
    wasmtime.TrapCode.BAD_CONVERSION_TO_INTEGER: "invalid conversion",
    wasmtime.TrapCode.UNREACHABLE: "unreachable",
}


def signed(value, bits):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


class Run:
    """One module's instance, and what is seen of it."""

    def __init__(self, engine, binary):
        self.store = wasmtime.Store(engine)
        self.context = self.store._context()
        i64 = wasmtime.ValType.i64()
        self.shared = wasmtime.Global(
            self.store, wasmtime.GlobalType(i64, True), wasmtime.Val.i64(77))
        host = wasmtime.Func.__new__(wasmtime.Func)
        host._func = ffi.wasmtime_func_t()
        # Kept as long as the store is.
        self.answering = ffi.wasmtime_func_callback_t(self.answer)
        host_type = wasmtime.FuncType([wasmtime.ValType.i32(), i64], [i64])
        ffi.wasmtime_func_new(self.context, host_type.ptr(), self.answering, None,
                              NO_FINALIZER, ctypes.byref(host._func))
        module = wasmtime.Module(engine, binary)
        instance = wasmtime.Instance(self.store, module, [host, self.shared])
        self.exports = dict(instance.exports(self.store).items())
        self.fuel = self.read_global("g1")
        # The first table has all functions, and is left as it is.
        self.functions = {}
        for index in range(self.table_size("t0")):
            entry = self.table_entry("t0", index).of.funcref
            if entry.store_id:
                self.functions[getattr(entry, "__private")] = index

    def bits(self, value):
        """A value as Types.bits and Types.passed of the Java side have it."""
        of = value.of
        if value.kind == V128:
            return "%d, %d" % struct.unpack("<qq", bytes(of.v128))
        if value.kind == FUNC:
            if not of.funcref.store_id:
                return str(NULL)
            return str(self.functions[getattr(of.funcref, "__private")])
        if value.kind == EXTERN:
            if not of.externref.store_id:
                return str(NULL)
            return str(ffi.wasmtime_externref_data(self.context, ctypes.byref(of.externref)) - 1)
        # Floats by their bits.
        return str(of.i64 if value.kind in (I64, F64) else of.i32)

    def value(self, argument):
        kind, *numbers = argument.split(":")
        value = ffi.wasmtime_val_t(kind=TYPES[int(kind, 16)])
        numbers = [int(number) for number in numbers]
        if value.kind == V128:
            value.of.v128 = (ctypes.c_uint8 * 16)(*struct.pack("<qq", *numbers))
        elif value.kind in (I64, F64):
            value.of.i64 = numbers[0]
        elif value.kind in (I32, F32):
            value.of.i32 = numbers[0]
        elif numbers[0] == NULL:
            value.of.externref.store_id = 0
        else:
            # No pointer to data is a null.
            ffi.wasmtime_externref_new(self.context, numbers[0] + 1, NO_FINALIZER,
                                       ctypes.byref(value.of.externref))
        return value

    def invoke(self, name, results, arguments=()):
        """Calls a function: gives its results, and the trap or none."""
        given = (ffi.wasmtime_val_t * len(arguments))(*arguments)
        got = (ffi.wasmtime_val_t * results)()
        trap = ctypes.POINTER(ffi.wasm_trap_t)()
        error = ffi.wasmtime_func_call(
            self.context, ctypes.byref(self.exports[name]._func), given, len(given),
            got, results, ctypes.byref(trap))
        if error:
            raise wasmtime.WasmtimeError._from_ptr(error)
        return got, trap

    def answer(self, _, caller, arguments, count, results, result_count):
        """What the host answers, as Observation.answer."""
        try:
            number = arguments[0].of.i32
            argument = arguments[1].of.i64
            shared = self.shared.value(self.store)
            self.shared.set_value(self.store, wasmtime.Val.i64(signed(shared * 31 + number, 64)))
            at = ffi.wasmtime_memory_data(self.context, ctypes.byref(self.exports["m"]._memory))
            word = struct.pack("<I", argument & 0xFFFFFFFF)
            ctypes.memmove(ctypes.addressof(at.contents) + (number & 0xFFC), word, 4)
            result = argument ^ number
            if number & 3 == 0 and self.read_global("g1").of.i32 > 0:
                got, trap = self.invoke("f0", 1)
                if trap:
                    return ctypes.cast(trap, ctypes.c_void_p).value
                result = got[0].of.i64
            results[0].kind = I64
            results[0].of.i64 = result
            return 0
        except BaseException as failure:
            # Nothing else says so.
            print("the judge's host failed:", repr(failure), file=sys.stderr, flush=True)
            sys.exit(1)

    def outcome(self, name, results, arguments):
        got, trap = self.invoke(name, results, arguments)
        if not trap:
            return "[" + ", ".join(map(self.bits, got)) + "]"
        exception = ffi.wasmtime_exnref_t()
        trap = wasmtime.Trap._from_ptr(trap)
        if not ffi.wasmtime_context_take_exception(self.context, ctypes.byref(exception)):
            return TRAPS.get(trap.trap_code, trap.message)
        thrown = ffi.wasmtime_tag_t()
        ffi.wasmtime_exnref_tag(self.context, ctypes.byref(exception), ctypes.byref(thrown))
        tag = 0
        while not ffi.wasmtime_tag_eq(
                self.context, ctypes.byref(thrown), ctypes.byref(self.exports[f"e{tag}"]._tag)):
            tag += 1
        if not ffi.wasmtime_exnref_field_count(self.context, ctypes.byref(exception)):
            return f"exception {tag}"
        field = ffi.wasmtime_val_t()
        ffi.wasmtime_exnref_field(
            self.context, ctypes.byref(exception), 0, ctypes.byref(field))
        return f"exception {tag} {self.bits(field)}"

    def read_global(self, name):
        value = ffi.wasmtime_val_t()
        ffi.wasmtime_global_get(
            self.context, ctypes.byref(self.exports[name]._global), ctypes.byref(value))
        return value

    def table_size(self, name):
        return ffi.wasmtime_table_size(self.context, ctypes.byref(self.exports[name]._table))

    def table_entry(self, name, index):
        value = ffi.wasmtime_val_t()
        ffi.wasmtime_table_get(
            self.context, ctypes.byref(self.exports[name]._table), index, ctypes.byref(value))
        return value

    def memory(self, size=None):
        memory = ctypes.byref(self.exports["m"]._memory)
        size = size or ffi.wasmtime_memory_data_size(self.context, memory)
        content = ctypes.string_at(ffi.wasmtime_memory_data(self.context, memory), size)
        return f"memory {size} {zlib.crc32(content)}"

    def call(self, name, results, *arguments):
        ffi.wasmtime_global_set(
            self.context, ctypes.byref(self.exports["g1"]._global), ctypes.byref(self.fuel))
        yield name + " " + self.outcome(name, int(results), [self.value(a) for a in arguments])
        seen = [str(self.shared.value(self.store))]
        for name in ("g1", "g2", "g3", "g4", "g5", "g10"):
            seen.append(self.bits(self.read_global(name)))
        hidden = len(self.exports["u"].type(self.store).results)
        seen += [self.bits(value) for value in self.invoke("u", hidden)[0]]
        yield "globals " + " ".join(seen).replace(",", "") + " host 0"
        yield self.memory(MOSTLY_USED)

    def state(self):
        yield self.memory()
        for name in ("t0", "t1", "t2"):
            entries = [self.bits(self.table_entry(name, i)) for i in range(self.table_size(name))]
            yield "table [" + ", ".join(entries) + "]"


def validate(engine, binary):
    content = (ctypes.c_uint8 * len(binary)).from_buffer_copy(binary)
    error = ffi.wasmtime_module_validate(engine.ptr(), content, len(binary))
    if not error:
        return "valid"
    return "invalid: " + str(wasmtime.WasmtimeError._from_ptr(error)).replace("\n", " ")


def main():
    config = wasmtime.Config()
    config.parallel_compilation = False
    config.wasm_exceptions = True
    # Chicory has none, and says that its limits are malformed.
    config.wasm_memory64 = False
    config.wasm_relaxed_simd_deterministic = True
    engine = wasmtime.Engine(config)
    source = sys.stdin.buffer
    for header in source:
        what, *numbers = header.decode().split()
        binary = source.read(int(numbers[0]))
        if what == "validate":
            print(validate(engine, binary))
        else:
            run = Run(engine, binary)
            for _ in range(int(numbers[1])):
                step, *rest = source.readline().decode().split()
                for line in getattr(run, step)(*rest):
                    print(line)
        print(".", flush=True)


main()
