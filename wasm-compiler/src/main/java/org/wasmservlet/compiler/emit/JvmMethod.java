package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;
import static org.wasmservlet.compiler.emit.JvmTypes.*;

import java.util.Arrays;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Node;

/**
 * One JVM method while it is written. Knows which JVM local every variable has, which variables
 * have a value and what is on the operand stack: that is what the frames of its labels say.
 */
final class JvmMethod {
  final MethodVisitor mv;
  private final char[] types;

  /** JVM local by variable; -1 for none. */
  private final int[] slots;

  /**
   * Variable by JVM local; -1 for none, -2 for the second half of a wide one, -3 for the memory's
   * array.
   */
  private int[] variableAt = new int[32];

  private int usedSlots;
  private int memorySlot = -1;
  private Knowledge known = new Knowledge();

  /** By variable: whether it has a value now. */
  private final boolean[] assigned;

  /** Types on the JVM's operand stack below what is being emitted. */
  private Object[] below = new Object[16];

  private int belowCount;

  /** JVM types of what comes before the variables, e.g. the context. */
  private final Object[] fixed;

  /** Where the last frame is, or -1. */
  private int frameAt = -1;

  JvmMethod(MethodVisitor mv, char[] types, Object... fixed) {
    this.mv = mv;
    this.types = types;
    this.fixed = fixed;
    this.slots = new int[types.length];
    Arrays.fill(slots, -1);
    Arrays.fill(variableAt, -1);
    this.usedSlots = fixed.length;
    this.assigned = new boolean[types.length];
  }

  // Variables

  void allocate(int variable) {
    boolean wide = isWide(types[variable]);
    int slot = slots(wide ? 2 : 1);
    slots[variable] = slot;
    variableAt[slot] = variable;
    if (wide) {
      variableAt[slot + 1] = -2;
    }
  }

  /** The memory's array gets a JVM local too. */
  void allocateMemory() {
    memorySlot = slots(1);
    variableAt[memorySlot] = -3;
  }

  private int slots(int count) {
    int first = usedSlots;
    usedSlots += count;
    if (usedSlots > variableAt.length) {
      int old = variableAt.length;
      variableAt = Arrays.copyOf(variableAt, 2 * usedSlots);
      Arrays.fill(variableAt, old, variableAt.length, -1);
    }
    return first;
  }

  boolean isAllocated(int variable) {
    return slots[variable] >= 0;
  }

  void assign(int variable) {
    assigned[variable] = true;
  }

  void assignNone() {
    Arrays.fill(assigned, false);
    known = new Knowledge();
  }

  /** What is known here. */
  Knowledge known() {
    return known;
  }

  /** Says what is known where a label is. */
  void know(Knowledge here) {
    known = here;
  }

  /** Pushes the memory's array. */
  void loadMemory() {
    if (known.hasMemory()) {
      mv.visitVarInsn(ALOAD, memorySlot);
      return;
    }
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, ClassNames.CONTEXT, "mem", "[B");
    mv.visitInsn(DUP);
    mv.visitVarInsn(ASTORE, memorySlot);
    known.memory(true);
  }

  void load(int variable) {
    mv.visitVarInsn(loadOp(types[variable]), slots[variable]);
  }

  void store(int variable) {
    mv.visitVarInsn(storeOp(types[variable]), slots[variable]);
    assigned[variable] = true;
    known.forget(variable);
  }

  // Frames

  /** Places a label that is jumped to: variables with a value, and what is below, are its frame. */
  void mark(Label label) {
    if (frameAt >= 0) {
      Label here = new Label();
      mv.visitLabel(here);
      if (here.getOffset() == frameAt) {
        // Two frames at one place are not possible.
        mv.visitInsn(NOP);
      }
    }
    mv.visitLabel(label);
    frameAt = label.getOffset();
    int last = usedSlots;
    while (last > fixed.length && !holdsValue(last - 1)) {
      last--;
    }
    Object[] locals = new Object[last];
    System.arraycopy(fixed, 0, locals, 0, Math.min(fixed.length, last));
    int count = fixed.length;
    for (int slot = fixed.length; slot < last; slot++) {
      int variable = variableAt[slot];
      if (variable == -2) {
        if (!assigned[variableAt[slot - 1]]) {
          locals[count++] = TOP;
        }
        continue;
      }
      if (variable == -3) {
        locals[count++] = known.hasMemory() ? "[B" : TOP;
        continue;
      }
      locals[count++] =
          variable >= 0 && assigned[variable] ? verificationType(types[variable]) : TOP;
    }
    mv.visitFrame(F_NEW, count, locals, belowCount, below);
  }

  private boolean holdsValue(int slot) {
    int variable = variableAt[slot];
    if (variable == -3) {
      return known.hasMemory();
    }
    if (variable == -2) {
      variable = variableAt[slot - 1];
    }
    return variable >= 0 && assigned[variable];
  }

  /** Says that a value of this verification type is on the stack below what comes next. */
  void push(Object type) {
    if (belowCount == below.length) {
      below = Arrays.copyOf(below, 2 * belowCount);
    }
    below[belowCount++] = type;
  }

  void push(char type) {
    push(verificationType(type));
  }

  void pop(int count) {
    belowCount -= count;
  }

  // Constants

  void pushInt(int value) {
    if (value >= -1 && value <= 5) {
      mv.visitInsn(ICONST_0 + value);
    } else if (value == (byte) value) {
      mv.visitIntInsn(BIPUSH, value);
    } else if (value == (short) value) {
      mv.visitIntInsn(SIPUSH, value);
    } else {
      mv.visitLdcInsn(value);
    }
  }

  void pushLong(long value) {
    if (value == 0 || value == 1) {
      mv.visitInsn(LCONST_0 + (int) value);
    } else if (value == (short) value) {
      pushInt((int) value);
      mv.visitInsn(I2L);
    } else {
      mv.visitLdcInsn(value);
    }
  }

  void pushConstant(Node node) {
    switch (node.type) {
      case 'I':
        pushInt((int) node.imm);
        break;
      case 'J':
        pushLong(node.imm);
        break;
      case 'E':
        mv.visitInsn(ACONST_NULL);
        break;
      case 'F':
        int bits = (int) node.imm;
        if (bits == 0) {
          mv.visitInsn(FCONST_0);
        } else if (Float.isNaN(Float.intBitsToFloat(bits))) {
          // A constant pool keeps NaNs, but what writes it may not.
          pushInt(bits);
          invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        } else {
          mv.visitLdcInsn(Float.intBitsToFloat(bits));
        }
        break;
      default:
        if (node.imm == 0) {
          mv.visitInsn(DCONST_0);
        } else if (Double.isNaN(Double.longBitsToDouble(node.imm))) {
          pushLong(node.imm);
          invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        } else {
          mv.visitLdcInsn(Double.longBitsToDouble(node.imm));
        }
    }
  }

  void zero(char type) {
    switch (type) {
      case 'I':
        mv.visitInsn(ICONST_0);
        break;
      case 'J':
        mv.visitInsn(LCONST_0);
        break;
      case 'F':
        mv.visitInsn(FCONST_0);
        break;
      case 'D':
        mv.visitInsn(DCONST_0);
        break;
      default:
        mv.visitInsn(ACONST_NULL);
    }
  }

  void invokeStatic(String owner, String name, String descriptor) {
    mv.visitMethodInsn(INVOKESTATIC, owner, name, descriptor, false);
  }

  void toBits(char type) {
    switch (type) {
      case 'I':
        mv.visitInsn(I2L);
        break;
      case 'F':
        invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
        mv.visitInsn(I2L);
        break;
      case 'D':
        invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
        break;
      default:
    }
  }

  void fromBits(char type) {
    switch (type) {
      case 'I':
        mv.visitInsn(L2I);
        break;
      case 'F':
        mv.visitInsn(L2I);
        invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        break;
      case 'D':
        invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        break;
      default:
    }
  }
}
