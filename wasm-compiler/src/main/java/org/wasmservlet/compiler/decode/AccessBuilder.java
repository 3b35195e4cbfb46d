package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;

/** Decodes loads and stores of numbers. */
final class AccessBuilder {
  /**
   * Fewer bytes are emitted. But HotSpot's C1, which inlines every access to memory, has no
   * registers left in a method of some 155 of them, and of some 98 in JDK 17; without C1's profile
   * C2 does not compile it. What is prepared on one JDK runs on the other all the same.
   */
  private static final int ACCESS_SIZE = Runtime.version().feature() < 25 ? 50 : 30;

  private static final int MARK_SIZE = 8;

  private final ModuleShape shape;
  private final BlockBuilder code;
  private final OperandStack stack;

  AccessBuilder(ModuleShape shape, BlockBuilder code) {
    this.shape = shape;
    this.code = code;
    this.stack = code.stack;
  }

  /** Takes the address, and pushes what is there. */
  void load(OpCode op, long offset) {
    if ((stack.at(stack.height() - 1).effects & Node.WRITES) != 0) {
      // The memory is fetched before the address is computed, which may grow it.
      stack.flush();
    }
    stack.push(loaded(op, stack.pop(), offset));
  }

  /** What is at an address; to compute that writes nothing. */
  Node loaded(OpCode op, Node address, long offset) {
    return new Node(
        Node.Kind.LOAD,
        op,
        Numerics.loadType(op),
        0,
        offset,
        null,
        Node.READS,
        ACCESS_SIZE,
        address);
  }

  /** Takes the value and the address. */
  void store(OpCode op, long offset) {
    int height = stack.height();
    Node base = stack.at(height - 2);
    if (((stack.at(height - 1).effects | base.effects) & Node.WRITES) != 0
        || shape.marksWrites && !base.isLeaf()) {
      // Also if the base is needed again, to mark its block.
      stack.flush();
    }
    Node value = stack.pop();
    store(op, stack.pop(), value, offset);
  }

  /** Stores a value; to compute that, or the address, writes nothing. */
  void store(OpCode op, Node address, Node value, long offset) {
    code.effect(
        new Node(
            Node.Kind.STORE,
            op,
            'V',
            0,
            offset,
            null,
            Node.WRITES,
            ACCESS_SIZE + (shape.marksWrites ? MARK_SIZE : 2),
            address,
            value));
  }
}
