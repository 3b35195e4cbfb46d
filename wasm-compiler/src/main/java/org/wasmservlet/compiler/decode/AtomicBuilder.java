package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.AtomicOperator;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.Node;

/** Decodes atomic instructions, of a memory that is not shared: they are loads and stores. */
final class AtomicBuilder {
  private final BlockBuilder code;
  private final OperandStack stack;
  private final AccessBuilder accesses;

  AtomicBuilder(BlockBuilder code, AccessBuilder accesses) {
    this.code = code;
    this.stack = code.stack;
    this.accesses = accesses;
  }

  void decode(Instruction ins, AtomicOperator op) {
    if (op.kind() == AtomicOperator.Kind.FENCE) {
      return;
    }
    // All operands have been computed before anything traps. They stay on the stack, which keeps
    // what they read, until the last temporary has been written.
    stack.flush();
    int above = op.kind().operands();
    long offset = ins.operand(1);
    Node address = kept(aligned(op, stack.at(stack.height() - 1 - above), offset));
    Node before = op.load() == null ? null : kept(accesses.loaded(op.load(), address, offset));
    Node[] in = code.operands(above);
    stack.pop();
    switch (op.kind()) {
      case LOAD -> {}
      case STORE, EXCHANGE -> accesses.store(op.store(), address, in[0], offset);
      case COMPUTE -> {
        Node after = Node.numeric(op.compute(), op.type(), before, in[0]);
        accesses.store(op.store(), address, after, offset);
      }
      case COMPARE -> accesses.store(op.store(), address, exchanged(op, before, in), offset);
      case NOTIFY -> before = Node.constant('I', 0);
      default -> {
        code.effect(Node.helper(Helper.atomic("waiting", "", 'V')));
        before = Node.constant('I', 0);
      }
    }
    if (before != null) {
      stack.push(before);
    }
  }

  /**
   * What is there after a comparison of as many bits as there are: nobody sees that what was there
   * is written again.
   */
  private static Node exchanged(AtomicOperator op, Node before, Node[] in) {
    boolean isInt = op.type() == 'I';
    Node expected = in[0];
    if (op.width() < (isInt ? Integer.BYTES : Long.BYTES)) {
      Node mask = Node.constant(op.type(), (1L << 8 * op.width()) - 1);
      OpCode and = isInt ? OpCode.I32_AND : OpCode.I64_AND;
      expected = Node.numeric(and, op.type(), expected, mask);
    }
    Node same = Node.numeric(isInt ? OpCode.I32_EQ : OpCode.I64_EQ, 'I', before, expected);
    return Node.select(in[1], before, same);
  }

  /** An address, after a trap if it is not aligned. */
  private static Node aligned(AtomicOperator op, Node address, long offset) {
    int mask = op.width() - 1;
    return mask == 0
        ? address
        : Node.helper(Helper.atomic("aligned", "I", 'I', (int) offset & mask, mask), address);
  }

  /** A value that may be read several times. */
  private Node kept(Node value) {
    int variable = code.variables.temporary(value.type);
    code.set(variable, value);
    return Node.get(value.type, variable);
  }
}
