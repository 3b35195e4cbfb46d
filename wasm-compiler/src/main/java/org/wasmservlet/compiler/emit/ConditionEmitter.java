package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import com.dylibso.chicory.wasm.types.OpCode;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;

/** Emits comparisons as the jumps that they usually are for. */
final class ConditionEmitter {
  /** The jumps of EQ, NE, and then LT, GT, LE, GE, each signed and unsigned: the opcodes' order. */
  private static final int[] INTEGER_JUMPS = {
    IFEQ, IFNE, IFLT, IFLT, IFGT, IFGT, IFLE, IFLE, IFGE, IFGE
  };

  /** The jumps of EQ, NE, LT, GT, LE, GE: the opcodes' order. */
  private static final int[] FLOAT_JUMPS = {IFEQ, IFNE, IFLT, IFGT, IFLE, IFGE};

  private final TreeEmitter trees;
  private final JvmMethod method;
  private final MethodVisitor mv;

  ConditionEmitter(TreeEmitter trees, JvmMethod method) {
    this.trees = trees;
    this.method = method;
    this.mv = method.mv;
  }

  void select(Node node) {
    Label no = new Label();
    Label end = new Label();
    branch(node.in[2], false, no);
    Knowledge before = method.known().copy();
    trees.emit(node.in[0]);
    Knowledge yes = method.known();
    mv.visitJumpInsn(GOTO, end);
    method.know(before);
    method.mark(no);
    trees.emit(node.in[1]);
    method.push(node.type);
    method.known().meet(yes);
    method.mark(end);
    method.pop(1);
  }

  void materialize(Node condition) {
    Label yes = new Label();
    Label end = new Label();
    branch(condition, true, yes);
    mv.visitInsn(ICONST_0);
    mv.visitJumpInsn(GOTO, end);
    method.mark(yes);
    mv.visitInsn(ICONST_1);
    method.push(INTEGER);
    method.mark(end);
    method.pop(1);
  }

  /** The JVM numbers a jump and its opposite in pairs, the odd number first. */
  private static int inverse(int jump) {
    return ((jump + 1) ^ 1) - 1;
  }

  private void jump(int opcode, boolean when, Label target) {
    mv.visitJumpInsn(when ? opcode : inverse(opcode), target);
  }

  /** Jumps if the condition is not 0, or if it is. */
  void branch(Node condition, boolean when, Label target) {
    if (condition.kind != Node.Kind.NUMERIC || !Numerics.isCondition(condition.op)) {
      trees.emit(condition);
      jump(IFNE, when, target);
      return;
    }
    Node a = condition.in[0];
    if (condition.op == OpCode.I32_EQZ) {
      branch(a, !when, target);
      return;
    }
    if (condition.op == OpCode.I64_EQZ) {
      trees.emit(a);
      mv.visitInsn(LCONST_0);
      mv.visitInsn(LCMP);
      jump(IFEQ, when, target);
      return;
    }
    Node b = condition.in[1];
    int code = condition.op.opcode();
    if (code <= OpCode.I32_GE_U.opcode()) {
      compareInts(condition.op, a, b, when, target);
    } else if (code <= OpCode.I64_GE_U.opcode()) {
      compareLongs(condition.op, a, b, when, target);
    } else {
      compareFloats(condition.op, a, b, when, target);
    }
  }

  /** An operand of an unsigned comparison: the lowest number becomes the lowest signed one. */
  private void unsigned(Node node) {
    if (node.type == 'I') {
      if (node.kind == Node.Kind.CONST) {
        method.pushInt((int) node.imm + Integer.MIN_VALUE);
      } else {
        trees.emit(node);
        method.pushInt(Integer.MIN_VALUE);
        mv.visitInsn(IADD);
      }
    } else if (node.kind == Node.Kind.CONST) {
      method.pushLong(node.imm + Long.MIN_VALUE);
    } else {
      trees.emit(node);
      method.pushLong(Long.MIN_VALUE);
      mv.visitInsn(LADD);
    }
  }

  private static boolean isUnsigned(int position) {
    return position > 2 && position % 2 == 1;
  }

  private void compareInts(OpCode op, Node a, Node b, boolean when, Label target) {
    int position = op.opcode() - OpCode.I32_EQ.opcode();
    int jump = INTEGER_JUMPS[position];
    if (isUnsigned(position)) {
      unsigned(a);
      method.push(INTEGER);
      unsigned(b);
      method.pop(1);
      jump(jump - IFEQ + IF_ICMPEQ, when, target);
    } else if (b.isConst(0)) {
      trees.emit(a);
      jump(jump, when, target);
    } else {
      trees.emit(a);
      method.push(INTEGER);
      trees.emit(b);
      method.pop(1);
      jump(jump - IFEQ + IF_ICMPEQ, when, target);
    }
  }

  private void compareLongs(OpCode op, Node a, Node b, boolean when, Label target) {
    int position = op.opcode() - OpCode.I64_EQ.opcode();
    if (isUnsigned(position)) {
      unsigned(a);
      method.push(LONG);
      unsigned(b);
    } else {
      trees.emit(a);
      method.push(LONG);
      trees.emit(b);
    }
    method.pop(1);
    mv.visitInsn(LCMP);
    jump(INTEGER_JUMPS[position], when, target);
  }

  private void compareFloats(OpCode op, Node a, Node b, boolean when, Label target) {
    OpCode first = a.type == 'F' ? OpCode.F32_EQ : OpCode.F64_EQ;
    int jump = FLOAT_JUMPS[op.opcode() - first.opcode()];
    boolean less = jump == IFLT || jump == IFLE;
    trees.emit(a);
    method.push(a.type);
    trees.emit(b);
    method.pop(1);
    // A NaN must make every comparison but "not equal" fail.
    if (a.type == 'F') {
      mv.visitInsn(less ? FCMPG : FCMPL);
    } else {
      mv.visitInsn(less ? DCMPG : DCMPL);
    }
    jump(jump, when, target);
  }
}
