package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Value;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;

/** Decodes instructions that take operands and give a value, and nothing else. */
final class ValueBuilder {
  private final BlockBuilder code;
  private final OperandStack stack;
  private final VectorBuilder vectors;
  private final ExceptionBuilder exceptions;

  ValueBuilder(BlockBuilder code, VectorBuilder vectors, ExceptionBuilder exceptions) {
    this.code = code;
    this.stack = code.stack;
    this.vectors = vectors;
    this.exceptions = exceptions;
  }

  void constant(char type, long bits) {
    stack.push(Node.constant(type, bits));
  }

  void numeric(OpCode op) {
    numeric(op, Numerics.types(op));
  }

  private void numeric(OpCode op, String types) {
    Node[] in = code.operands(types.length() - 1);
    char result = types.charAt(types.length() - 1);
    stack.push(Node.numeric(op, result, in));
  }

  /** Calls a method of the runtime. */
  void helper(Helper helper) {
    Node[] in = code.operands(helper.operands().length());
    Node node = Node.helper(helper, in);
    if (helper.result() == 'V') {
      code.effect(node);
    } else {
      stack.push(node);
    }
  }

  void select() {
    int height = stack.height();
    if (stack.isVectorAt(height - 2)) {
      vectors.select();
      return;
    }
    if ((stack.at(height - 2).effects | stack.at(height - 3).effects) != 0) {
      // Only one of the two will be evaluated.
      Node condition = stack.pop();
      stack.flush();
      stack.push(condition);
    }
    Node condition = stack.pop();
    Node no = stack.pop();
    Node yes = stack.pop();
    stack.push(Node.select(yes, no, condition));
  }

  /** Drops the uppermost operand, both halves of it if it is a vector. */
  void drop() {
    if (stack.isVector()) {
      dropOne();
    }
    dropOne();
  }

  private void dropOne() {
    Node dropped = stack.pop();
    if (dropped.effects != 0) {
      code.effect(Node.statement(Node.Kind.DROP, 1, dropped));
    }
  }

  void isNull() {
    if (stack.at(stack.height() - 1).type == 'E') {
      stack.push(exceptions.isNull(stack.pop()));
      return;
    }
    constant('I', Value.REF_NULL_VALUE);
    numeric(OpCode.I32_EQ);
  }
}
