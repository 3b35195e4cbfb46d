package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.VectorOperator;
import org.wasmservlet.compiler.ir.VectorOperators;

/** Decodes loads and stores of vectors: they are loads and stores of numbers. */
final class VectorMemoryBuilder {
  private static final int HALF = 8;

  private static final OpCode[] LOADS = {
    OpCode.I32_LOAD8_U, OpCode.I32_LOAD16_U, OpCode.I32_LOAD, OpCode.I64_LOAD
  };

  private static final OpCode[] STORES = {
    OpCode.I32_STORE8, OpCode.I32_STORE16, OpCode.I32_STORE, OpCode.I64_STORE
  };

  private static final VectorOperator[] SPLATS = operators(0x0F, 0x10, 0x11, 0x12);

  private static final VectorOperator[] EXTRACTS = operators(0x16, 0x19, 0x1B, 0x1D);

  private static final VectorOperator[] REPLACES = operators(0x17, 0x1A, 0x1C, 0x1E);

  private final BlockBuilder code;
  private final OperandStack stack;
  private final AccessBuilder accesses;

  VectorMemoryBuilder(BlockBuilder code, AccessBuilder accesses) {
    this.code = code;
    this.stack = code.stack;
    this.accesses = accesses;
  }

  /** Of lanes of 8 to 64 bits. */
  private static VectorOperator[] operators(int... codes) {
    VectorOperator[] operators = new VectorOperator[codes.length];
    for (int i = 0; i < codes.length; i++) {
      operators[i] = VectorOperators.of(codes[i]);
    }
    return operators;
  }

  void decode(Instruction ins) {
    VectorOperator op = ins.vector();
    long offset = ins.operand(1);
    switch (op.kind()) {
      case LOAD -> load(offset);
      case LOAD_EXTEND -> loadExtend(op, offset);
      case LOAD_SPLAT -> loadSplat(size(op), offset);
      case LOAD_ZERO -> loadZero(op, offset);
      case LOAD_LANE -> loadLane(size(op), offset, (int) ins.operand(2));
      case STORE -> store(offset);
      case STORE_LANE -> storeLane(size(op), offset, (int) ins.operand(2));
      default -> throw new AssertionError(op);
    }
  }

  /** 0 for a byte, 1 for two, and so on. */
  private static int size(VectorOperator op) {
    return Integer.numberOfTrailingZeros(op.width());
  }

  private void load(long offset) {
    Node address = stack.share(stack.height() - 1);
    stack.pop();
    stack.pushVector(
        accesses.loaded(OpCode.I64_LOAD, address, offset),
        accesses.loaded(OpCode.I64_LOAD, address, offset + HALF));
  }

  private Node loadShared(OpCode op, long offset) {
    accesses.load(op, offset);
    Node loaded = stack.share(stack.height() - 1);
    stack.pop();
    return loaded;
  }

  private void loadExtend(VectorOperator op, long offset) {
    Node narrow = loadShared(OpCode.I64_LOAD, offset);
    stack.pushVector(
        Node.compute(op.helper(), narrow), Node.compute(op.helper(), Halves.upper(narrow)));
  }

  private void loadSplat(int size, long offset) {
    accesses.load(LOADS[size], offset);
    stack.push(Halves.splat(SPLATS[size], stack.pop()));
    Node half = stack.share(stack.height() - 1);
    stack.pop();
    stack.pushVector(half, half);
  }

  private void loadZero(VectorOperator op, long offset) {
    accesses.load(op.width() == HALF ? OpCode.I64_LOAD : OpCode.I64_LOAD32_U, offset);
    stack.pushVector(stack.pop(), Node.constant('J', 0));
  }

  private void loadLane(int size, long offset, int lane) {
    VectorOperator replace = REPLACES[size];
    int lanes = replace.lanes() / 2;
    int half = lane / lanes;
    int first = stack.height() - 3;
    writeBefore(first);
    if (lanes == 1) {
      stack.discard(first + 1 + half);
    }
    stack.share(first);
    stack.free(first + 1);
    stack.free(first + 2);
    Node high = stack.pop();
    Node low = stack.pop();
    Node loaded = accesses.loaded(LOADS[size], stack.pop(), offset);
    if (half == 0) {
      stack.pushVector(Halves.replace(replace, low, loaded, lane), high);
    } else {
      stack.pushVector(low, Halves.replace(replace, high, loaded, lane - lanes));
    }
  }

  private void store(long offset) {
    int first = stack.height() - 3;
    writeBefore(first);
    Node address = stack.share(first);
    // The high half first: where that is in bounds, the low one is, and nothing is half written.
    accesses.store(OpCode.I64_STORE, address, stack.pop(), offset + HALF);
    accesses.store(OpCode.I64_STORE, address, stack.pop(), offset);
    stack.pop();
  }

  private void storeLane(int size, long offset, int lane) {
    VectorOperator extract = EXTRACTS[size];
    int lanes = extract.lanes() / 2;
    int half = lane / lanes;
    int first = stack.height() - 3;
    stack.discard(first + 2 - half);
    stack.free(first + 1 + half);
    Node high = stack.pop();
    Node low = stack.pop();
    stack.push(Halves.extract(extract, half == 0 ? low : high, lane % lanes));
    accesses.store(STORES[size], offset);
  }

  /** Emits an address and a vector first if any of them writes, or traps. */
  private void writeBefore(int first) {
    for (int depth = first; depth < first + 3; depth++) {
      if ((stack.at(depth).effects & (Node.WRITES | Node.TRAPS)) != 0) {
        stack.flush();
        return;
      }
    }
  }
}
