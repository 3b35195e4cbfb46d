package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Map;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.VectorOperator;

/**
 * Decodes vector instructions: a vector is two operands, its halves. What an instruction does is
 * done to each half, by a node of its own.
 */
final class VectorBuilder {
  private static final int EFFECTS_IN_ORDER = Node.WRITES | Node.TRAPS;

  /** Instructions that are one of numbers on each half. */
  private static final Map<String, OpCode> PLAIN =
      Map.of(
          "v128.and", OpCode.I64_AND,
          "v128.or", OpCode.I64_OR,
          "v128.xor", OpCode.I64_XOR,
          "i64x2.add", OpCode.I64_ADD,
          "i64x2.sub", OpCode.I64_SUB,
          "i64x2.mul", OpCode.I64_MUL);

  private final OperandStack stack;
  private final VectorMemoryBuilder memory;
  private final ShuffleBuilder shuffles;

  VectorBuilder(BlockBuilder code, AccessBuilder accesses) {
    this.stack = code.stack;
    this.memory = new VectorMemoryBuilder(code, accesses);
    this.shuffles = new ShuffleBuilder(code.stack);
  }

  void decode(Instruction ins) {
    VectorOperator op = ins.vector();
    if (op.width() > 0) {
      memory.decode(ins);
      return;
    }
    keepOrder(op.type().jvmParams().length());
    switch (op.kind()) {
      case CONST ->
          stack.pushVector(Node.constant('J', ins.operand(0)), Node.constant('J', ins.operand(1)));
      case SHUFFLE -> shuffles.shuffle(ins.operand(0), ins.operand(1));
      case SWIZZLE -> swizzle(op);
      case SPLAT -> splat(op);
      case EXTRACT -> extract(op, (int) ins.operand(0));
      case REPLACE -> replace(op, (int) ins.operand(0));
      case LANES -> lanes(op);
      case SHIFT -> shift(op);
      case TEST -> stack.push(Node.compute(op.helper(), pop(2)));
      case NARROW -> narrow(op);
      case NARROW_ZERO ->
          stack.pushVector(Node.compute(op.helper(), pop(2)), Node.constant('J', 0));
      case WIDEN_LOW -> widen(op, 0);
      case WIDEN_HIGH -> widen(op, 1);
      default -> throw new AssertionError(op);
    }
  }

  /** The uppermost operands, which have no effects that the others might see, will be reordered. */
  private void keepOrder(int count) {
    for (int i = 1; i <= count; i++) {
      if ((stack.at(stack.height() - i).effects & EFFECTS_IN_ORDER) != 0) {
        stack.flush();
        return;
      }
    }
  }

  private Node[] pop(int count) {
    Node[] in = new Node[count];
    for (int i = count - 1; i >= 0; i--) {
      in[i] = stack.pop();
    }
    return in;
  }

  void select() {
    int first = stack.height() - 5;
    for (int depth = first; depth < first + 4; depth++) {
      if (stack.at(depth).effects != 0) {
        // Only some will be evaluated.
        stack.flush();
        break;
      }
    }
    stack.share(first + 4);
    Node[] in = pop(5);
    stack.pushVector(Node.select(in[0], in[2], in[4]), Node.select(in[1], in[3], in[4]));
  }

  private void lanes(VectorOperator op) {
    int operands = op.helper().operands().length();
    Node[] in = pop(2 * operands);
    Node[] low = new Node[operands];
    Node[] high = new Node[operands];
    for (int i = 0; i < operands; i++) {
      low[i] = in[2 * i];
      high[i] = in[2 * i + 1];
    }
    OpCode plain = PLAIN.get(op.name());
    if (plain != null) {
      stack.pushVector(Node.numeric(plain, 'J', low), Node.numeric(plain, 'J', high));
    } else {
      stack.pushVector(Node.compute(op.helper(), low), Node.compute(op.helper(), high));
    }
  }

  private void shift(VectorOperator op) {
    stack.share(stack.height() - 1);
    Node[] in = pop(3);
    stack.pushVector(
        Node.compute(op.helper(), in[0], in[2]), Node.compute(op.helper(), in[1], in[2]));
  }

  private void narrow(VectorOperator op) {
    Node[] in = pop(4);
    stack.pushVector(
        Node.compute(op.helper(), in[0], in[1]), Node.compute(op.helper(), in[2], in[3]));
  }

  private void swizzle(VectorOperator op) {
    stack.share(stack.height() - 4);
    stack.share(stack.height() - 3);
    Node[] in = pop(4);
    stack.pushVector(
        Node.compute(op.helper(), in[0], in[1], in[2]),
        Node.compute(op.helper(), in[0], in[1], in[3]));
  }

  private void widen(VectorOperator op, int half) {
    int operands = op.helper().operands().length();
    int first = stack.height() - 2 * operands;
    for (int i = 0; i < operands; i++) {
      stack.discard(first + 2 * i + 1 - half);
      stack.share(first + 2 * i + half);
    }
    Node[] in = pop(2 * operands);
    Node[] low = new Node[operands];
    Node[] high = new Node[operands];
    for (int i = 0; i < operands; i++) {
      low[i] = in[2 * i + half];
      high[i] = Halves.upper(low[i]);
    }
    stack.pushVector(Node.compute(op.helper(), low), Node.compute(op.helper(), high));
  }

  private void splat(VectorOperator op) {
    Node lane = Halves.splat(op, stack.pop());
    stack.push(lane);
    Node half = stack.share(stack.height() - 1);
    stack.pop();
    stack.pushVector(half, half);
  }

  private void extract(VectorOperator op, int lane) {
    int half = lane / (op.lanes() / 2);
    stack.discard(stack.height() - 1 - half);
    stack.free(stack.height() - 2 + half);
    Node[] in = pop(2);
    stack.push(Halves.extract(op, in[half], lane % (op.lanes() / 2)));
  }

  private void replace(VectorOperator op, int lane) {
    int half = lane / (op.lanes() / 2);
    int last = stack.height() - 1;
    if (op.bits() == 64) {
      stack.discard(last - 2 + half);
      stack.free(last);
    }
    Node[] in = pop(3);
    in[half] = Halves.replace(op, in[half], in[2], lane % (op.lanes() / 2));
    stack.pushVector(in[0], in[1]);
  }
}
