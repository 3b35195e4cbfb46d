package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.OpCode;

/**
 * An atomic instruction (threads proposal). On a memory that is not shared nothing comes in
 * between, so it is loads and stores, but for addresses that must be aligned.
 *
 * @param kind what it does
 * @param load of what it reads, or null
 * @param store of what it writes, or null
 * @param compute of what was there and the operand: what it writes; or null
 */
public record AtomicOperator(Kind kind, OpCode load, OpCode store, OpCode compute) {
  /** What it does. */
  public enum Kind {
    FENCE(0),
    NOTIFY(1),
    WAIT(2),
    LOAD(0),
    STORE(1),
    COMPUTE(1),
    EXCHANGE(1),
    COMPARE(2);

    private final int operands;

    Kind(int operands) {
      this.operands = operands;
    }

    /** How many operands it has after the address. */
    public int operands() {
      return operands;
    }
  }

  private static final int PREFIX = 0xFE;

  /** From here on in groups, each of as many as there are {@link #LOADS}. */
  private static final int FIRST_ACCESS = 0x10;

  private static final OpCode[] LOADS = {
    OpCode.I32_LOAD,
    OpCode.I64_LOAD,
    OpCode.I32_LOAD8_U,
    OpCode.I32_LOAD16_U,
    OpCode.I64_LOAD8_U,
    OpCode.I64_LOAD16_U,
    OpCode.I64_LOAD32_U
  };

  private static final OpCode[] STORES = {
    OpCode.I32_STORE,
    OpCode.I64_STORE,
    OpCode.I32_STORE8,
    OpCode.I32_STORE16,
    OpCode.I64_STORE8,
    OpCode.I64_STORE16,
    OpCode.I64_STORE32
  };

  /** By group, after those of loads and stores: for i32, and for i64. */
  private static final OpCode[][] COMPUTES = {
    {OpCode.I32_ADD, OpCode.I64_ADD},
    {OpCode.I32_SUB, OpCode.I64_SUB},
    {OpCode.I32_AND, OpCode.I64_AND},
    {OpCode.I32_OR, OpCode.I64_OR},
    {OpCode.I32_XOR, OpCode.I64_XOR}
  };

  /**
   * Finds one.
   *
   * @return null if the instruction is not atomic
   */
  public static AtomicOperator of(OpCode op) {
    int code = op.opcode() & 0xFF;
    if (op.opcode() >>> 8 != PREFIX) {
      return null;
    }
    return switch (op) {
      case ATOMIC_FENCE -> new AtomicOperator(Kind.FENCE, null, null, null);
      case MEM_ATOMIC_NOTIFY -> new AtomicOperator(Kind.NOTIFY, OpCode.I32_LOAD, null, null);
      case MEM_ATOMIC_WAIT32 -> new AtomicOperator(Kind.WAIT, OpCode.I32_LOAD, null, null);
      case MEM_ATOMIC_WAIT64 -> new AtomicOperator(Kind.WAIT, OpCode.I64_LOAD, null, null);
      default -> access((code - FIRST_ACCESS) / LOADS.length, (code - FIRST_ACCESS) % LOADS.length);
    };
  }

  private static AtomicOperator access(int group, int width) {
    OpCode load = LOADS[width];
    OpCode store = STORES[width];
    return switch (group) {
      case 0 -> new AtomicOperator(Kind.LOAD, load, null, null);
      case 1 -> new AtomicOperator(Kind.STORE, null, store, null);
      case 7 -> new AtomicOperator(Kind.EXCHANGE, load, store, null);
      case 8 -> new AtomicOperator(Kind.COMPARE, load, store, null);
      default -> {
        OpCode compute = COMPUTES[group - 2][Numerics.loadType(load) == 'I' ? 0 : 1];
        yield new AtomicOperator(Kind.COMPUTE, load, store, compute);
      }
    };
  }

  /** Bytes that it accesses. */
  public int width() {
    return Numerics.width(load != null ? load : store);
  }

  /** Type of the value. */
  public char type() {
    return load != null ? Numerics.loadType(load) : Numerics.storeType(store);
  }
}
