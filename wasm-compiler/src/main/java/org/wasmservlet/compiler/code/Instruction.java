package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import org.wasmservlet.compiler.ir.BlockType;

/** An instruction of a body that is read, until the next one takes its place. */
public final class Instruction {
  private OpCode opcode;
  private long[] operands = new long[4];
  private int count;
  private BlockType block;

  void begin(OpCode opcode) {
    this.opcode = opcode;
    count = 0;
    block = null;
  }

  void add(long operand) {
    if (count == operands.length) {
      operands = Arrays.copyOf(operands, 2 * count);
    }
    operands[count++] = operand;
  }

  void block(BlockType type) {
    block = type;
  }

  public OpCode opcode() {
    return opcode;
  }

  /** Its immediate operands: indices, constants' raw bits, and of memory alignment and offset. */
  public long operand(int index) {
    return operands[index];
  }

  public int operandCount() {
    return count;
  }

  /** What a structured instruction takes and gives; null for others. */
  public BlockType block() {
    return block;
  }
}
