package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.VectorOperator;

/** An instruction of a body that is read, until the next one takes its place. */
public final class Instruction {
  private OpCode opcode;
  private VectorOperator vector;
  private LegacyOperator legacy;
  private long[] operands = new long[4];
  private int count;
  private BlockType block;
  private final List<Clause> clauses = new ArrayList<>();

  void begin(OpCode opcode) {
    begin(opcode, null, null);
  }

  void begin(LegacyOperator operator) {
    begin(null, null, operator);
  }

  void begin(VectorOperator operator) {
    begin(null, operator, null);
  }

  private void begin(OpCode newOpcode, VectorOperator newVector, LegacyOperator newLegacy) {
    opcode = newOpcode;
    vector = newVector;
    legacy = newLegacy;
    count = 0;
    block = null;
    if (!clauses.isEmpty()) {
      clauses.clear();
    }
  }

  void add(Clause clause) {
    clauses.add(clause);
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

  /** What it is; null for a vector instruction and for a {@linkplain #legacy() legacy one}. */
  public OpCode opcode() {
    return opcode;
  }

  /** Null unless it is a vector instruction. */
  public VectorOperator vector() {
    return vector;
  }

  /** Null unless it is an operator of legacy exceptions. */
  public LegacyOperator legacy() {
    return legacy;
  }

  /** What a {@code try_table} catches, in order; of this instruction only. */
  public List<Clause> clauses() {
    return clauses;
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
