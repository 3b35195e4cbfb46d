package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.VectorOperator;

/** An instruction of a body that is read, until the next one takes its place. */
public final class Instruction {
  private OpCode opcode;
  private VectorOperator vector;
  private long[] operands = new long[4];
  private int count;
  private BlockType block;

  void begin(OpCode opcode) {
    this.opcode = opcode;
    vector = null;
    count = 0;
    block = null;
  }

  void begin(VectorOperator operator) {
    begin((OpCode) null);
    vector = operator;
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

  /** Null for a vector instruction. */
  public OpCode opcode() {
    return opcode;
  }

  /** Null unless it is a vector instruction. */
  public VectorOperator vector() {
    return vector;
  }

  /**
   * Its immediate operands: indices, constants' raw bits, of memory alignment and offset, then the
   * lane; of a vector its halves, the low one first.
   */
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
