package org.wasmservlet.compiler.decode;

import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;

/** Decodes what throws, and what a block begins with that catches. */
final class ExceptionBuilder {
  private final ModuleShape shape;
  private final BlockBuilder code;
  private final CallBuilder calls;

  ExceptionBuilder(ModuleShape shape, BlockBuilder code, CallBuilder calls) {
    this.shape = shape;
    this.code = code;
    this.calls = calls;
  }

  private static Node helper(Helper helper, Node... in) {
    return new Node(
        Node.Kind.HELPER, null, helper.result(), 0, 0, helper, helper.effects(), 12, in);
  }

  /** Throws a new exception of a tag, with the uppermost operands. */
  void raise(int tag) {
    Node arguments = calls.packed(shape.tags.get(tag).jvmParams().length());
    raising(helper(Helper.exceptions("raise", "A", 'V', tag), arguments));
  }

  /** Throws one that is a value. */
  void raise(Node exception) {
    raising(helper(Helper.exceptions("raise", "E", 'V'), exception));
  }

  /** Throws on what has been caught. */
  void raiseAgain() {
    raising(helper(Helper.exceptions("raiseAgain", "", 'V')));
  }

  private void raising(Node statement) {
    code.stack.flushEffects();
    code.add(statement);
    if (code.landing() != null) {
      Block never = new Block();
      code.terminateTry(never);
      code.place(never);
    }
    code.terminate(Node.statement(Node.Kind.UNREACHABLE, 4));
  }

  /** Whether what has been caught is of a tag. */
  Node catches(int tag) {
    return helper(Helper.exceptions("catches", "", 'I', tag));
  }

  Node caught() {
    return helper(Helper.exceptions("caught", "", 'E'));
  }

  Node isNull(Node exception) {
    return helper(Helper.exceptions("isNull", "E", 'I'), exception);
  }

  /** Pushes what an exception has with it that has been caught. */
  void pushArguments(byte[] types) {
    if (types.length > 0) {
      calls.unpack(helper(Helper.exceptions("arguments", "", 'A')), types);
    }
  }

  /** Pushes what has been caught. */
  void pushReference() {
    int place = code.stack.place(code.stack.height(), 'E');
    code.add(Node.set(place, caught()));
    code.stack.push(Node.get('E', place));
  }
}
