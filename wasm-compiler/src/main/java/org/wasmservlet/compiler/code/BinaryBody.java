package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.WasmEncoding;
import java.util.Arrays;
import java.util.List;
import org.wasmservlet.compiler.binary.Cursor;
import org.wasmservlet.compiler.binary.Values;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.Features;
import org.wasmservlet.compiler.ir.NotCompiledException;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.VectorOperator;
import org.wasmservlet.compiler.ir.VectorOperators;

/** Reads a body from a module's binary. */
final class BinaryBody implements Body {
  private static final int EMPTY_BLOCK = 0x40;

  /** How many kinds of catch clauses there are; odd ones give a reference too. */
  private static final int CLAUSES = 4;

  /** The kinds of clauses from here on have no tag. */
  private static final int CATCH_ALL = 2;

  private static final int REF = 0x64;
  private static final int REF_NULL = 0x63;
  private static final int ABSTRACT = 0x80;

  /** Of a memory argument's flags: that the memory's index follows. */
  private static final int MEMORY_INDEX = 0x40;

  private final Cursor in;
  private final ModuleTypes types;
  private final int function;
  private final byte[] locals;

  /** Null if the body is known to be valid. */
  private final Validator validator;

  private BinaryBody(Cursor in, ModuleTypes types, int function, boolean validate) {
    this.in = in;
    this.types = types;
    this.function = function;
    int start = in.position();
    try {
      this.locals = readLocals();
    } catch (CodeFault e) {
      throw fault(e, start);
    } catch (ChicoryException e) {
      throw malformed(e);
    }
    this.validator =
        validate ? new Validator(types, types.ownFunction(function), locals, in.remaining()) : null;
  }

  static BinaryBody open(
      byte[] binary, int from, int to, ModuleTypes types, int function, boolean validate) {
    return new BinaryBody(new Cursor(binary, from, to), types, function, validate);
  }

  @Override
  public byte[] locals() {
    return locals;
  }

  @Override
  public boolean next(Instruction into) {
    int start = in.position();
    try {
      if (in.isAtEnd()) {
        if (validator != null && !validator.isDone()) {
          throw CodeFault.malformed("unexpected end");
        }
        return false;
      }
      if (validator != null && validator.isDone()) {
        throw CodeFault.malformed("END opcode expected: the body goes on after the function's end");
      }
      read(into);
      if (validator != null) {
        validator.check(into, start);
      }
      return true;
    } catch (CodeFault e) {
      throw fault(e, start);
    } catch (MalformedException e) {
      throw malformed(e);
    }
  }

  private ChicoryException fault(CodeFault fault, int offset) {
    String message =
        fault.getMessage() + " in " + types.describe(function) + " at offset " + offset;
    return fault.malformed ? new MalformedException(message) : new InvalidException(message);
  }

  private MalformedException malformed(ChicoryException e) {
    return new MalformedException(e.getMessage() + " in " + types.describe(function));
  }

  private byte[] readLocals() {
    int params = types.ownFunction(function).params().length;
    byte[] read = new byte[16];
    int count = 0;
    for (int left = in.count("groups of locals"); left > 0; left--) {
      int start = in.position();
      long more = in.unsigned();
      byte type = valueType();
      if (ValueTypes.isNotNull(type)) {
        // It would have to be set before it is read.
        throw new NotCompiledException(Features.TYPED_REFERENCES);
      }
      if (params + count + more > 0xFFFFFFFFL) {
        throw CodeFault.malformed("too many locals");
      }
      Values.checkLocals(params + count + more, start);
      if (count + more > read.length) {
        read = Arrays.copyOf(read, 2 * count + (int) more);
      }
      Arrays.fill(read, count, count + (int) more, type);
      count += (int) more;
    }
    types.values().locals(count, in.position());
    return Arrays.copyOf(read, count);
  }

  private void read(Instruction into) {
    int first = in.next();
    if (first == Operators.VECTOR) {
      vector(in.unsigned(), into);
      return;
    }
    boolean prefix = Operators.isPrefix(first);
    long second = prefix ? in.unsigned() : 0;
    OpCode op = prefix ? Operators.of(first, second) : Operators.of(first);
    LegacyOperator legacy = op == null && !prefix ? LegacyOperator.of(first) : null;
    if (legacy != null) {
      read(legacy, into);
      return;
    }
    if (op == null) {
      throw CodeFault.malformed(
          "illegal opcode "
              + Integer.toHexString(first)
              + (prefix ? " " + Long.toHexString(second) : ""));
    }
    if (!Features.has(op)) {
      throw new NotCompiledException(Features.nameOf(op));
    }
    into.begin(op);
    if (op == OpCode.REF_NULL) {
      into.add(heapType());
      return;
    }
    List<WasmEncoding> operands = OpCode.signature(op);
    for (int i = 0; i < operands.size(); i++) {
      operand(operands.get(i), into);
    }
  }

  private void read(LegacyOperator operator, Instruction into) {
    into.begin(operator);
    switch (operator) {
      case TRY -> into.block(blockType());
      case CATCH, RETHROW, DELEGATE -> into.add(in.unsigned());
      default -> {}
    }
  }

  private Clause clause() {
    int kind = in.next();
    if (kind >= CLAUSES) {
      throw CodeFault.malformed("malformed catch clause " + kind);
    }
    long tag = kind < CATCH_ALL ? in.unsigned() : Clause.ALL;
    long label = in.unsigned();
    // An index that no list has stays one.
    return new Clause(
        (int) Math.min(tag, Integer.MAX_VALUE),
        kind % 2 == 1,
        (int) Math.min(label, Integer.MAX_VALUE));
  }

  private void operand(WasmEncoding encoding, Instruction into) {
    switch (encoding) {
      case VARUINT -> into.add(in.unsigned());
      case VARSINT32 -> into.add(in.signed(32));
      case VARSINT64 -> into.add(in.signed(64));
      case FLOAT32 -> into.add(in.fixed(4));
      case FLOAT64 -> into.add(in.fixed(8));
      case BLOCK_TYPE -> into.block(blockType());
      case MEMARG -> memoryArgument(into);
      case VEC_VARUINT -> {
        for (int left = in.count("labels"); left > 0; left--) {
          into.add(in.unsigned());
        }
      }
      case VEC_VALUE_TYPE -> {
        for (int left = in.count("types"); left > 0; left--) {
          into.add(valueType());
        }
      }
      // The index of a memory.
      case BYTE -> into.add(in.unsigned());
      case VEC_CATCH -> {
        for (int left = in.count("catch clauses"); left > 0; left--) {
          into.add(clause());
        }
      }
      default -> throw new IllegalStateException(into.opcode() + " has a " + encoding);
    }
  }

  private void vector(long code, Instruction into) {
    VectorOperator op = VectorOperators.of(code);
    if (op == null) {
      throw CodeFault.malformed("illegal opcode fd " + Long.toHexString(code));
    }
    into.begin(op);
    switch (op.immediates()) {
      case NONE -> {}
      case LANE -> into.add(in.next());
      case BYTES, SHUFFLE -> {
        into.add(in.fixed(8));
        into.add(in.fixed(8));
      }
      case MEMORY -> memoryArgument(into);
      case MEMORY_LANE -> {
        memoryArgument(into);
        into.add(in.next());
      }
    }
  }

  private void memoryArgument(Instruction into) {
    long alignment = in.unsigned();
    if (alignment >= 2 * MEMORY_INDEX) {
      throw CodeFault.malformed("malformed memop flags");
    }
    if (alignment >= MEMORY_INDEX) {
      types.checkMemory(in.unsigned());
    }
    into.add(alignment & (MEMORY_INDEX - 1));
    into.add(in.unsigned());
  }

  private BlockType blockType() {
    long type = in.signed(33);
    if (type >= 0) {
      return types.type(type);
    }
    int code = (int) type + ABSTRACT;
    return code == EMPTY_BLOCK ? BlockType.EMPTY : BlockType.giving(valueType(code));
  }

  private byte valueType() {
    return valueType(in.next());
  }

  private byte valueType(int code) {
    switch (code) {
      case ValueTypes.I32, ValueTypes.I64, ValueTypes.F32, ValueTypes.F64:
      case ValueTypes.V128, ValueTypes.FUNCREF, ValueTypes.EXTERNREF, ValueTypes.EXNREF:
        return (byte) code;
      case REF, REF_NULL:
        byte type = heapType();
        return code == REF ? ValueTypes.notNull(type) : type;
      default:
        if (isHeapType(code)) {
          throw new NotCompiledException(Features.TYPED_REFERENCES);
        }
        throw CodeFault.malformed("malformed value type " + Integer.toHexString(code & 0xFF));
    }
  }

  /** The type of the references to a heap type, and null. */
  private byte heapType() {
    long type = in.signed(33);
    if (type >= 0) {
      throw new NotCompiledException(Features.TYPED_REFERENCES);
    }
    int code = (int) type + ABSTRACT;
    switch (code) {
      case ValueTypes.FUNCREF, ValueTypes.EXTERNREF, ValueTypes.EXNREF:
        return (byte) code;
      default:
        if (isHeapType(code)) {
          throw new NotCompiledException(Features.TYPED_REFERENCES);
        }
        throw CodeFault.malformed("malformed heap type");
    }
  }

  /** Of references that garbage collection brings. */
  private static boolean isHeapType(int code) {
    return code > ValueTypes.EXNREF && code < 0x78;
  }
}
