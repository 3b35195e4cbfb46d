package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.WasmEncoding;
import java.util.List;

/** Goes through instructions, and makes nothing of them. Belongs to one thread. */
public final class InstructionReader {
  static final int EMPTY_BLOCK = 0x40;

  /** Opcodes from here to here are followed by another number. */
  private static final int FIRST_PREFIX = 0xFB;

  private static final int LAST_PREFIX = 0xFE;

  private static final int VECTOR_BYTES = 16;

  /** Catch clauses with a tag have an even number. */
  private static final int CATCH_ALL = 2;

  private final Cursor in;
  private final Labels labels;
  private long first;
  private long last;

  /** Is told where an instruction may branch to, of those that have a list of that. */
  @FunctionalInterface
  public interface Labels {
    /**
     * There is one.
     *
     * @param op whose it is
     * @param label how many blocks are left
     */
    void label(OpCode op, long label);
  }

  /**
   * Begins.
   *
   * @param in at an instruction
   */
  public InstructionReader(Cursor in, Labels labels) {
    this.in = in;
    this.labels = labels;
  }

  /**
   * Reads an instruction and all of its operands.
   *
   * @return which one
   * @throws com.dylibso.chicory.wasm.ChicoryException if it is none that Chicory knows, or ends
   *     early
   */
  public OpCode next() {
    int start = in.position();
    int code = in.next();
    return rest(code, isPrefix(code) ? in.unsigned() : 0, start);
  }

  /** Whether an opcode is followed by another number. */
  public static boolean isPrefix(int code) {
    return code >= FIRST_PREFIX && code <= LAST_PREFIX;
  }

  /**
   * The same, after its numbers.
   *
   * @param code the first number
   * @param second the other one, if there is one
   * @param start where the instruction begins
   * @return which one
   */
  public OpCode rest(int code, long second, int start) {
    int whole = !isPrefix(code) ? code : second > 0xFF ? -1 : (code << 8) + (int) second;
    OpCode op = whole < 0 || whole == 0xFF ? null : OpCode.byOpCode(whole);
    if (op == null) {
      throw new MalformedException("an unknown instruction at offset " + start);
    }
    List<WasmEncoding> operands = OpCode.signature(op);
    for (int i = 0; i < operands.size(); i++) {
      operand(operands.get(i), op);
      if (i == 0) {
        first = last;
      }
    }
    return op;
  }

  /** The first of an instruction's operands that is an unsigned number. */
  long first() {
    return first;
  }

  /** The number that came last, of those that an instruction has. */
  long last() {
    return last;
  }

  private void operand(WasmEncoding encoding, OpCode op) {
    switch (encoding) {
      case BYTE -> last = in.next();
      case VARUINT -> last = in.unsigned();
      case VARSINT32 -> in.skipSigned(33);
      case VARSINT64 -> in.skipSigned(64);
      case FLOAT32 -> in.skip(4);
      case FLOAT64 -> in.skip(8);
      case V128 -> in.skip(VECTOR_BYTES);
      case BLOCK_TYPE -> skipBlockType();
      case MEMARG -> skipMemoryArgument();
      case VEC_VARUINT -> {
        for (int left = in.count("targets"); left > 0; left--) {
          labels.label(op, in.unsigned());
        }
      }
      case VEC_VALUE_TYPE -> {
        for (int left = in.count("types"); left > 0; left--) {
          Types.skipValueType(in);
        }
      }
      case VEC_CATCH -> catches(op);
    }
  }

  /** Reads what a block takes and gives; {@link #last} becomes it. */
  public void skipBlockType() {
    last = in.unsigned();
    if (!isIndex(last)) {
      Types.skipRestOfValueType(in, (int) last);
    }
  }

  /** Reads where in a memory something is. */
  public void skipMemoryArgument() {
    // The memory's index follows where bit 6 is set.
    if (in.unsigned() >>> 6 != 0) {
      in.unsigned();
    }
    in.unsigned();
  }

  static boolean isIndex(long blockType) {
    return blockType != EMPTY_BLOCK && !ValType.ID.isValidOpcode((int) blockType);
  }

  private void catches(OpCode op) {
    for (int left = in.count("catches"); left > 0; left--) {
      if (in.next() < CATCH_ALL) {
        in.unsigned();
      }
      labels.label(op, in.unsigned());
    }
  }
}
