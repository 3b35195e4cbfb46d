package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.types.OpCode;

/**
 * A tree of instructions that is emitted in one go, operands before operators, as the stack machine
 * would evaluate it. Immutable.
 */
final class Node {
  enum Kind {
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
    GLOBAL_GET,
    GLOBAL_SET,
    /** Calls function {@link #index}. */
    CALL,
    /**
     * Calls through table {@link #imm} with signature {@link #index}; the first operand selects.
     */
    CALL_INDIRECT,
    /** Calls a static method of the runtime: {@link #helper}. */
    HELPER,
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
    UNREACHABLE
  }

  /** Reads memory, globals or tables, or may be out of bounds. */
  static final int READS = 1;

  /** Changes any of that, or calls. */
  static final int WRITES = 2;

  /** May trap otherwise than by being out of bounds. */
  static final int TRAPS = 4;

  private static final Node[] NO_OPERANDS = {};

  final Kind kind;
  final OpCode op;

  /** I, J, F, D, A for a long[], V for none. */
  final char type;

  final long imm;
  final int index;
  final Helper helper;
  final Node[] in;
  final int effects;
  final int nodes;

  /** Upper bound, nearly always, of the bytes emitted; accesses to memory count for more. */
  final int size;

  Node(
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

  static Node constant(char type, long bits) {
    return new Node(Kind.CONST, null, type, 0, bits, null, 0, 3);
  }

  static Node get(char type, int variable) {
    return new Node(Kind.GET, null, type, variable, 0, null, 0, 3);
  }

  static Node set(int variable, Node value) {
    return new Node(Kind.SET, null, 'V', variable, 0, null, 0, 3, value);
  }

  /** Writes a variable, and gives the value. */
  static Node tee(int variable, Node value) {
    return new Node(Kind.SET, null, value.type, variable, 0, null, 0, 4, value);
  }

  static Node numeric(OpCode op, char type, Node... in) {
    int effects = Numerics.traps(op) ? TRAPS : 0;
    return new Node(Kind.NUMERIC, op, type, 0, 0, null, effects, Numerics.size(op), in);
  }

  /** A statement or terminator that only its kind and operands tell. */
  static Node statement(Kind kind, int size, Node... in) {
    return new Node(kind, null, 'V', 0, 0, null, 0, size, in);
  }

  static Node check() {
    return statement(Kind.LOOP_CHECK, 14);
  }

  static Node arrayGet(Node array, int index, char type) {
    return new Node(Kind.ARRAY_GET, null, type, index, 0, null, 0, 8, array);
  }

  /** The same with other operands, which do no more than the ones that they replace. */
  Node with(Node[] operands) {
    if (operands == in) {
      return this;
    }
    int own = size;
    for (Node operand : in) {
      own -= operand.size;
    }
    return new Node(kind, op, type, index, imm, helper, effects, own, operands);
  }

  boolean isLeaf() {
    return kind == Kind.CONST || kind == Kind.GET;
  }

  boolean isConst(long bits) {
    return kind == Kind.CONST && imm == bits;
  }

  boolean reads(int variable) {
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
