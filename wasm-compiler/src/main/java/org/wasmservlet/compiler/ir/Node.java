package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.OpCode;

/**
 * A tree of instructions that is emitted in one go, operands before operators, as the stack machine
 * would evaluate it. Immutable.
 */
public final class Node {
  public enum Kind {
    /** A number: {@link #imm} has its raw bits. */
    CONST,
    /** Reads variable {@link #index}. */
    GET,
    /** Writes variable {@link #index}; gives the value too, unless its type is V. */
    SET,
    /** Evaluates its operand and forgets the value. */
    DROP,
    /** The numeric instruction {@link #op}. */
    NUMERIC,
    LOAD,
    STORE,
    SELECT,
    /**
     * Reads global {@link #index}; of a vector, the low half if {@link #imm} is 0, else the high
     * one.
     */
    GLOBAL_GET,
    /** Writes it. */
    GLOBAL_SET,
    /** Calls function {@link #index}. */
    CALL,
    /**
     * Calls through table {@link #imm} with signature {@link #index}; the first operand selects.
     */
    CALL_INDIRECT,
    /** Calls a static method of the runtime: {@link #helper}. */
    HELPER,
    /** Calls a static method that only computes: {@link #helper}. */
    COMPUTE,
    /** A long[] of length {@link #index}. */
    NEW_ARRAY,
    /** Element {@link #index} of the array, converted to {@link #type}. */
    ARRAY_GET,
    ARRAY_SET,
    /** Throws if the instance is to stop. */
    LOOP_CHECK,
    /** Terminators. */
    GOTO,
    IF,
    SWITCH,
    RETURN,
    UNREACHABLE,
    /**
     * Goes on after the block's last statement, a call; or, if an exception comes out of that, with
     * the exception in the context.
     */
    TRY
  }

  /** Reads memory, globals or tables, or may be out of bounds. */
  public static final int READS = 1;

  /** Changes any of that, or calls. */
  public static final int WRITES = 2;

  /** May trap otherwise than by being out of bounds. */
  public static final int TRAPS = 4;

  /**
   * Fewer bytes are emitted. But HotSpot's C2 inlines the method, and those that it calls, and
   * stops inlining where it has inlined some 8,000 bytes.
   */
  private static final int COMPUTE_SIZE = 24;

  private static final Node[] NO_OPERANDS = {};

  public final Kind kind;
  public final OpCode op;

  /** I, J, F, D, A for a long[], E for an exception, V for none. */
  public final char type;

  public final long imm;
  public final int index;
  public final Helper helper;
  public final Node[] in;
  public final int effects;
  public final int nodes;

  /** Upper bound, nearly always, of the bytes emitted; accesses to memory count for more. */
  public final int size;

  public Node(
      Kind kind,
      OpCode op,
      char type,
      int index,
      long imm,
      Helper helper,
      int ownEffects,
      int ownSize,
      Node... in) {
    this.kind = kind;
    this.op = op;
    this.type = type;
    this.index = index;
    this.imm = imm;
    this.helper = helper;
    this.in = in.length == 0 ? NO_OPERANDS : in;
    int effects = ownEffects;
    int nodes = 1;
    int size = ownSize;
    for (Node operand : in) {
      effects |= operand.effects;
      nodes += operand.nodes;
      size += operand.size;
    }
    this.effects = effects;
    this.nodes = nodes;
    this.size = size;
  }

  public static Node constant(char type, long bits) {
    return new Node(Kind.CONST, null, type, 0, bits, null, 0, 3);
  }

  public static Node get(char type, int variable) {
    return new Node(Kind.GET, null, type, variable, 0, null, 0, 3);
  }

  public static Node set(int variable, Node value) {
    return new Node(Kind.SET, null, 'V', variable, 0, null, 0, 3, value);
  }

  /** Writes a variable, and gives the value. */
  public static Node tee(int variable, Node value) {
    return new Node(Kind.SET, null, value.type, variable, 0, null, 0, 4, value);
  }

  public static Node numeric(OpCode op, char type, Node... in) {
    int effects = Numerics.traps(op) ? TRAPS : 0;
    return new Node(Kind.NUMERIC, op, type, 0, 0, null, effects, Numerics.size(op), in);
  }

  /** Reads a global: of a vector, half 0 or 1. */
  public static Node globalGet(char type, int global, int half) {
    return new Node(Kind.GLOBAL_GET, null, type, global, half, null, READS, 10);
  }

  public static Node globalSet(int global, int half, Node value) {
    return new Node(Kind.GLOBAL_SET, null, 'V', global, half, null, WRITES, 10, value);
  }

  public static Node compute(Helper helper, Node... in) {
    return new Node(Kind.COMPUTE, null, helper.result(), 0, 0, helper, 0, COMPUTE_SIZE, in);
  }

  /** Calls a method of the runtime. */
  public static Node helper(Helper helper, Node... in) {
    int size = 4 + 3 * helper.constants().length;
    return new Node(Kind.HELPER, null, helper.result(), 0, 0, helper, helper.effects(), size, in);
  }

  /** One of two values, both of which are evaluated. */
  public static Node select(Node yes, Node no, Node condition) {
    return new Node(Kind.SELECT, null, yes.type, 0, 0, null, 0, 6, yes, no, condition);
  }

  /** A statement or terminator that only its kind and operands tell. */
  public static Node statement(Kind kind, int size, Node... in) {
    return new Node(kind, null, 'V', 0, 0, null, 0, size, in);
  }

  public static Node check() {
    return statement(Kind.LOOP_CHECK, 14);
  }

  public static Node arrayGet(Node array, int index, char type) {
    return new Node(Kind.ARRAY_GET, null, type, index, 0, null, 0, 8, array);
  }

  /** The same with other operands, which do no more than the ones that they replace. */
  public Node with(Node[] operands) {
    if (operands == in) {
      return this;
    }
    int own = size;
    for (Node operand : in) {
      own -= operand.size;
    }
    return new Node(kind, op, type, index, imm, helper, effects, own, operands);
  }

  public boolean isLeaf() {
    return kind == Kind.CONST || kind == Kind.GET;
  }

  public boolean isConst(long bits) {
    return kind == Kind.CONST && imm == bits;
  }

  public boolean reads(int variable) {
    if (kind == Kind.GET) {
      return index == variable;
    }
    for (Node operand : in) {
      if (operand.reads(variable)) {
        return true;
      }
    }
    return false;
  }
}
