package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import com.dylibso.chicory.wasm.types.OpCode;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;
import org.wasmservlet.compiler.runtime.MemoryImage;

/**
 * Emits loads and stores: instructions, not calls, which HotSpot stops inlining in large methods.
 */
final class MemoryEmitter {
  private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
  private static final String ACCESS = Helper.RUNTIME + "Access";

  /** The largest offset of a store of eight bytes that reaches no farther than the next block. */
  private static final int MOST_NEAR = MemoryImage.BLOCK - 8;

  private final TreeEmitter trees;
  private final JvmMethod method;
  private final MethodVisitor mv;
  private final boolean marksWrites;

  MemoryEmitter(TreeEmitter trees, JvmMethod method, boolean marksWrites) {
    this.marksWrites = marksWrites;
    this.trees = trees;
    this.method = method;
    this.mv = method.mv;
  }

  private void memory() {
    method.loadMemory();
    method.push("[B");
  }

  private void handle(View view) {
    mv.visitFieldInsn(GETSTATIC, ACCESS, view.name(), "L" + VAR_HANDLE + ";");
    method.push(VAR_HANDLE);
  }

  /**
   * Emits an index that is in bounds exactly if the effective address is. An effective address has
   * 33 bits; no array is longer than 31, so that any negative index stands for all beyond. Where
   * the base is known to be no negative number, the sum alone is such an index.
   */
  private void address(Node base, long offset) {
    if (base.kind == Node.Kind.CONST) {
      long address = address(base) + offset;
      method.pushInt(address > Integer.MAX_VALUE ? -1 : (int) address);
      return;
    }
    trees.emit(base);
    if (offset > Integer.MAX_VALUE) {
      mv.visitInsn(POP);
      mv.visitInsn(ICONST_M1);
    } else if (offset != 0) {
      int add = (int) offset;
      if (isNotNegative(base)) {
        method.pushInt(add);
        mv.visitInsn(IADD);
      } else if (isVariable(base)) {
        method.pushInt(add);
        mv.visitInsn(IADD);
        method.load(base.index);
        method.pushInt(31);
        mv.visitInsn(ISHR);
        mv.visitInsn(IOR);
      } else {
        mv.visitInsn(DUP);
        method.pushInt(add);
        mv.visitInsn(IADD);
        mv.visitInsn(SWAP);
        method.pushInt(31);
        mv.visitInsn(ISHR);
        mv.visitInsn(IOR);
      }
    }
  }

  /** Whether a variable has the value too, once it is computed. */
  private static boolean isVariable(Node node) {
    return node.kind == Node.Kind.GET || node.kind == Node.Kind.SET;
  }

  private static long address(Node constant) {
    return constant.imm & 0xFFFFFFFFL;
  }

  /** Whatever was accessed with this base is in bounds. */
  private void learn(Node base) {
    if (isVariable(base)) {
      method.known().learnNotNegative(base.index);
    }
  }

  private boolean isNotNegative(Node node) {
    if (node.kind == Node.Kind.GET) {
      return method.known().isNotNegative(node.index);
    }
    if (node.kind == Node.Kind.LOAD) {
      return node.op == OpCode.I32_LOAD8_U || node.op == OpCode.I32_LOAD16_U;
    }
    if (node.kind != Node.Kind.NUMERIC) {
      return false;
    }
    switch (node.op) {
      case I32_AND:
        return isPositive(node.in[0]) || isPositive(node.in[1]);
      case I32_SHR_U:
        return node.in[1].kind == Node.Kind.CONST && (node.in[1].imm & 31) != 0;
      default:
        return Numerics.isCondition(node.op);
    }
  }

  private static boolean isPositive(Node node) {
    return node.kind == Node.Kind.CONST && (int) node.imm >= 0;
  }

  void load(Node node) {
    Node base = node.in[0];
    switch (node.op) {
      case I32_LOAD8_S:
      case I32_LOAD8_U:
      case I64_LOAD8_S:
      case I64_LOAD8_U:
        memory();
        address(base, node.imm);
        method.pop(1);
        mv.visitInsn(BALOAD);
        learn(base);
        if (node.op == OpCode.I32_LOAD8_U || node.op == OpCode.I64_LOAD8_U) {
          method.pushInt(255);
          mv.visitInsn(IAND);
        }
        break;
      case I32_LOAD16_S:
      case I64_LOAD16_S:
        get(base, node.imm, View.I16);
        break;
      case I32_LOAD16_U:
      case I64_LOAD16_U:
        get(base, node.imm, View.U16);
        break;
      case I32_LOAD:
      case I64_LOAD32_S:
      case I64_LOAD32_U:
        get(base, node.imm, View.I32);
        break;
      case I64_LOAD:
        get(base, node.imm, View.I64);
        return;
      case F32_LOAD:
        get(base, node.imm, View.F32);
        return;
      default:
        get(base, node.imm, View.F64);
        return;
    }
    if (node.type == 'J') {
      mv.visitInsn(I2L);
      if (node.op == OpCode.I64_LOAD32_U) {
        mv.visitLdcInsn(0xFFFFFFFFL);
        mv.visitInsn(LAND);
      }
    }
  }

  private void get(Node base, long offset, View view) {
    handle(view);
    memory();
    address(base, offset);
    method.pop(2);
    mv.visitMethodInsn(INVOKEVIRTUAL, VAR_HANDLE, "get", view.getDescriptor, false);
    learn(base);
  }

  void store(Node node) {
    Node base = node.in[0];
    Node value = node.in[1];
    switch (node.op) {
      case I32_STORE8:
      case I64_STORE8:
        memory();
        address(base, node.imm);
        method.push(INTEGER);
        trees.emit(value);
        method.pop(2);
        if (value.type == 'J') {
          mv.visitInsn(L2I);
        }
        mv.visitInsn(BASTORE);
        break;
      case I32_STORE16:
      case I64_STORE16:
        set(base, node.imm, value, View.I16);
        break;
      case I32_STORE:
      case I64_STORE32:
        set(base, node.imm, value, View.I32);
        break;
      case I64_STORE:
        set(base, node.imm, value, View.I64);
        break;
      case F32_STORE:
        set(base, node.imm, value, View.F32);
        break;
      default:
        set(base, node.imm, value, View.F64);
    }
    learn(base);
    if (marksWrites) {
      mark(base, node.imm);
    }
  }

  private void set(Node base, long offset, Node value, View view) {
    handle(view);
    memory();
    address(base, offset);
    method.push(INTEGER);
    trees.emit(value);
    method.pop(3);
    if (value.type == 'J' && view != View.I64) {
      mv.visitInsn(L2I);
    }
    if (view == View.I16) {
      mv.visitInsn(I2S);
    }
    mv.visitMethodInsn(INVOKEVIRTUAL, VAR_HANDLE, "set", view.setDescriptor, false);
  }

  /**
   * Marks the block of a store that did not trap. Stores by the same base with small offsets reach
   * no farther than into the next block: one mark does for all, as long as the variable is the
   * same.
   */
  private void mark(Node base, long offset) {
    boolean variable = base.kind == Node.Kind.GET;
    if (offset > Integer.MAX_VALUE || !variable && address(base) + offset > Integer.MAX_VALUE) {
      // It traps.
      return;
    }
    boolean near = offset <= MOST_NEAR;
    if (near && variable) {
      if (method.known().isMarked(base.index)) {
        return;
      }
      method.known().learnMarked(base.index);
    }
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, ClassNames.CONTEXT, "dirty", "[I");
    if (variable) {
      method.load(base.index);
      if (!near) {
        method.pushInt((int) offset);
        mv.visitInsn(IADD);
      }
      method.pushInt(MemoryImage.BLOCK_BITS);
      mv.visitInsn(IUSHR);
    } else {
      method.pushInt((int) (address(base) + offset >> MemoryImage.BLOCK_BITS));
    }
    mv.visitInsn(ICONST_1);
    mv.visitInsn(IASTORE);
  }
}
