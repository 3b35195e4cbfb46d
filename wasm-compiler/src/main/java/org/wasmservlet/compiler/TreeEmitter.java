package org.wasmservlet.compiler;

import static org.objectweb.asm.Opcodes.*;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Emits trees into one method. Knows which JVM local every variable has, and writes the frames. */
class TreeEmitter {
  private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
  private static final String ACCESS = Helper.RUNTIME + "Access";
  private static final String NUMERIC = Helper.RUNTIME + "Numeric";
  private static final String CALLS = Helper.RUNTIME + "Calls";
  private static final String CTX = ModuleShape.CONTEXT;
  private static final String CTX_ARG = "L" + Helper.CONTEXT + ";";

  final MethodVisitor mv;
  final ModuleShape shape;
  private final ClassNames names;
  private final char[] types;

  /** JVM local by variable; -1 for none. */
  private final int[] slots;

  /** Variable by JVM local; -1 for none, -2 for the second half of a wide one. */
  private int[] variableAt = new int[32];

  private int usedSlots;

  /** By variable: whether it has a value now. */
  private boolean[] assigned;

  /** Types on the JVM's operand stack below what is being emitted. */
  private Object[] below = new Object[16];

  private int belowCount;

  /** JVM types of what comes before the variables, e.g. the context. */
  private final Object[] fixed;

  private int frameAt = -1;
  private boolean framed;
  private Label stop;

  TreeEmitter(
      MethodVisitor mv, ModuleShape shape, ClassNames names, char[] types, Object... fixed) {
    this.mv = mv;
    this.shape = shape;
    this.names = names;
    this.types = types;
    this.fixed = fixed;
    this.slots = new int[types.length];
    Arrays.fill(slots, -1);
    Arrays.fill(variableAt, -1);
    this.usedSlots = fixed.length;
    this.assigned = new boolean[types.length];
  }

  // Variables

  final void allocate(int variable) {
    int slot = usedSlots;
    boolean wide = isWide(types[variable]);
    slots[variable] = slot;
    usedSlots += wide ? 2 : 1;
    if (usedSlots > variableAt.length) {
      int old = variableAt.length;
      variableAt = Arrays.copyOf(variableAt, 2 * usedSlots);
      Arrays.fill(variableAt, old, variableAt.length, -1);
    }
    variableAt[slot] = variable;
    if (wide) {
      variableAt[slot + 1] = -2;
    }
  }

  final boolean isAllocated(int variable) {
    return slots[variable] >= 0;
  }

  final void assign(int variable) {
    assigned[variable] = true;
  }

  final void assignNone() {
    Arrays.fill(assigned, false);
  }

  static boolean isWide(char type) {
    return type == 'J' || type == 'D';
  }

  final void load(int variable) {
    mv.visitVarInsn(loadOp(types[variable]), slots[variable]);
  }

  final void store(int variable) {
    mv.visitVarInsn(storeOp(types[variable]), slots[variable]);
    assigned[variable] = true;
  }

  static int loadOp(char type) {
    switch (type) {
      case 'I':
        return ILOAD;
      case 'J':
        return LLOAD;
      case 'F':
        return FLOAD;
      case 'D':
        return DLOAD;
      default:
        return ALOAD;
    }
  }

  static int storeOp(char type) {
    return loadOp(type) + (ISTORE - ILOAD);
  }

  static int returnOp(char type) {
    switch (type) {
      case 'V':
        return RETURN;
      case 'I':
        return IRETURN;
      case 'J':
        return LRETURN;
      case 'F':
        return FRETURN;
      case 'D':
        return DRETURN;
      default:
        return ARETURN;
    }
  }

  // Frames

  /** Places a label that is jumped to: variables with a value, and what is below, are its frame. */
  final void mark(Label label) {
    Label here = new Label();
    mv.visitLabel(here);
    if (framed && here.getOffset() == frameAt) {
      // Two frames at one place are not possible.
      mv.visitInsn(NOP);
    }
    mv.visitLabel(label);
    frameAt = label.getOffset();
    framed = true;
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
      locals[count++] =
          variable >= 0 && assigned[variable] ? verificationType(types[variable]) : TOP;
    }
    mv.visitFrame(F_NEW, count, locals, belowCount, below);
  }

  private boolean holdsValue(int slot) {
    int variable = variableAt[slot];
    if (variable == -2) {
      variable = variableAt[slot - 1];
    }
    return variable >= 0 && assigned[variable];
  }

  static Object verificationType(char type) {
    switch (type) {
      case 'I':
        return INTEGER;
      case 'J':
        return LONG;
      case 'F':
        return FLOAT;
      case 'D':
        return DOUBLE;
      default:
        return "[J";
    }
  }

  private void push(Object type) {
    if (belowCount == below.length) {
      below = Arrays.copyOf(below, 2 * belowCount);
    }
    below[belowCount++] = type;
  }

  private void push(char type) {
    push(verificationType(type));
  }

  private void pop(int count) {
    belowCount -= count;
  }

  // Constants

  final void pushInt(int value) {
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

  final void pushLong(long value) {
    if (value == 0 || value == 1) {
      mv.visitInsn(LCONST_0 + (int) value);
    } else if (value == (short) value) {
      pushInt((int) value);
      mv.visitInsn(I2L);
    } else {
      mv.visitLdcInsn(value);
    }
  }

  private void pushConstant(Node node) {
    switch (node.type) {
      case 'I':
        pushInt((int) node.imm);
        break;
      case 'J':
        pushLong(node.imm);
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

  final void zero(char type) {
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

  final void invokeStatic(String owner, String name, String descriptor) {
    mv.visitMethodInsn(INVOKESTATIC, owner, name, descriptor, false);
  }

  // Trees

  /** Emits a tree while something else is on the stack. */
  final void emitAbove(Object type, Node node) {
    push(type);
    emit(node);
    pop(1);
  }

  /** Emits a tree: its value is on the stack afterwards, if it has one. */
  final void emit(Node node) {
    switch (node.kind) {
      case CONST:
        pushConstant(node);
        break;
      case GET:
        load(node.index);
        break;
      case SET:
        emit(node.in[0]);
        store(node.index);
        break;
      case DROP:
        emit(node.in[0]);
        mv.visitInsn(isWide(node.in[0].type) ? POP2 : POP);
        break;
      case NUMERIC:
        numeric(node);
        break;
      case LOAD:
        memoryLoad(node);
        break;
      case STORE:
        memoryStore(node);
        break;
      case SELECT:
        select(node);
        break;
      case GLOBAL_GET:
        globalGet(node);
        break;
      case GLOBAL_SET:
        globalSet(node);
        break;
      case CALL:
        call(node);
        break;
      case CALL_INDIRECT:
        callIndirect(node);
        break;
      case HELPER:
        helper(node);
        break;
      case NEW_ARRAY:
        pushInt(node.index);
        mv.visitIntInsn(NEWARRAY, T_LONG);
        break;
      case ARRAY_GET:
        emit(node.in[0]);
        pushInt(node.index);
        mv.visitInsn(LALOAD);
        fromBits(node.type);
        break;
      case ARRAY_SET:
        emit(node.in[0]);
        pushInt(node.index);
        push("[J");
        push(INTEGER);
        emit(node.in[1]);
        pop(2);
        toBits(node.in[1].type);
        mv.visitInsn(LASTORE);
        break;
      case LOOP_CHECK:
        mv.visitFieldInsn(GETSTATIC, ACCESS, "STOP", "L" + VAR_HANDLE + ";");
        mv.visitVarInsn(ALOAD, 0);
        mv.visitMethodInsn(INVOKEVIRTUAL, VAR_HANDLE, "getOpaque", "(" + CTX_ARG + ")I", false);
        mv.visitJumpInsn(IFNE, stopLabel());
        break;
      default:
        throw new AssertionError(node.kind);
    }
  }

  final void entryCheck() {
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, CTX, "stop", "I");
    mv.visitJumpInsn(IFNE, stopLabel());
  }

  private Label stopLabel() {
    if (stop == null) {
      stop = new Label();
    }
    return stop;
  }

  /** Emits what all interruption checks share. */
  final void finish() {
    if (stop != null) {
      assignNone();
      mark(stop);
      mv.visitVarInsn(ALOAD, 0);
      mv.visitMethodInsn(
          INVOKEVIRTUAL, CTX, "interrupted", "()Ljava/lang/RuntimeException;", false);
      mv.visitInsn(ATHROW);
    }
  }

  final void toBits(char type) {
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

  final void fromBits(char type) {
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

  private void operands(Node[] in, int count) {
    for (int i = 0; i < count; i++) {
      emit(in[i]);
      push(in[i].type);
    }
    pop(count);
  }

  // Calls

  private void call(Node node) {
    mv.visitVarInsn(ALOAD, 0);
    push(CTX);
    operands(node.in, node.in.length);
    pop(1);
    Signature signature = shape.signature(node.index);
    invokeStatic(names.classOf(node.index), "f_" + node.index, signature.descriptor);
  }

  private void callIndirect(Node node) {
    Signature signature = shape.signatures.get(node.index);
    int args = node.in.length - 1;
    mv.visitVarInsn(ALOAD, 0);
    push(CTX);
    emit(node.in[args]);
    pop(1);
    if (node.imm == 0) {
      invokeStatic(CALLS, "lookup", "(" + CTX_ARG + "I)L" + Helper.RUNTIME + "Entry;");
    } else {
      pushInt((int) node.imm);
      invokeStatic(CALLS, "lookup", "(" + CTX_ARG + "II)L" + Helper.RUNTIME + "Entry;");
    }
    String owner = ClassNames.signature(node.index);
    mv.visitTypeInsn(CHECKCAST, owner);
    push(owner);
    mv.visitVarInsn(ALOAD, 0);
    push(CTX);
    operands(node.in, args);
    pop(2);
    mv.visitMethodInsn(INVOKEVIRTUAL, owner, "call", signature.descriptor, false);
  }

  private void helper(Node node) {
    mv.visitVarInsn(ALOAD, 0);
    push(CTX);
    operands(node.in, node.in.length);
    pop(1);
    for (int constant : node.helper.constants()) {
      pushInt(constant);
    }
    invokeStatic(node.helper.owner(), node.helper.name(), node.helper.descriptor());
  }

  // Globals

  private void globalGet(Node node) {
    mv.visitVarInsn(ALOAD, 0);
    if (shape.globalPlaces[node.index] == ModuleShape.GlobalPlace.FIELD) {
      mv.visitFieldInsn(GETFIELD, CTX, "g" + node.index, String.valueOf(node.type));
    } else {
      pushInt(node.index);
      mv.visitMethodInsn(INVOKEVIRTUAL, CTX, "global", "(I)J", false);
      fromBits(node.type);
    }
  }

  private void globalSet(Node node) {
    char type = node.in[0].type;
    mv.visitVarInsn(ALOAD, 0);
    push(CTX);
    emit(node.in[0]);
    pop(1);
    if (shape.globalPlaces[node.index] == ModuleShape.GlobalPlace.FIELD) {
      mv.visitFieldInsn(PUTFIELD, CTX, "g" + node.index, String.valueOf(type));
    } else {
      toBits(type);
      pushInt(node.index);
      mv.visitMethodInsn(INVOKEVIRTUAL, CTX, "global", "(JI)V", false);
    }
  }

  // Memory

  private void memory() {
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, CTX, "mem", "[B");
    push("[B");
  }

  private void handle(String name) {
    mv.visitFieldInsn(GETSTATIC, ACCESS, name, "L" + VAR_HANDLE + ";");
    push(VAR_HANDLE);
  }

  /**
   * Emits an index that is in bounds exactly if the effective address is. An effective address has
   * 33 bits; no array is longer than 31, so that any negative index stands for all beyond.
   */
  private void address(Node base, long offset) {
    if (base.kind == Node.Kind.CONST) {
      long address = (base.imm & 0xFFFFFFFFL) + offset;
      pushInt(address > Integer.MAX_VALUE ? -1 : (int) address);
      return;
    }
    emit(base);
    if (offset > Integer.MAX_VALUE) {
      mv.visitInsn(POP);
      mv.visitInsn(ICONST_M1);
    } else if (offset != 0) {
      int add = (int) offset;
      if (neverNegative(base)) {
        pushInt(add);
        mv.visitInsn(IADD);
      } else if (base.kind == Node.Kind.GET) {
        pushInt(add);
        mv.visitInsn(IADD);
        load(base.index);
        pushInt(31);
        mv.visitInsn(ISHR);
        mv.visitInsn(IOR);
      } else {
        mv.visitInsn(DUP);
        pushInt(add);
        mv.visitInsn(IADD);
        mv.visitInsn(SWAP);
        pushInt(31);
        mv.visitInsn(ISHR);
        mv.visitInsn(IOR);
      }
    }
  }

  private static boolean neverNegative(Node node) {
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

  private void memoryLoad(Node node) {
    Node base = node.in[0];
    switch (node.op) {
      case I32_LOAD8_S:
      case I32_LOAD8_U:
      case I64_LOAD8_S:
      case I64_LOAD8_U:
        memory();
        address(base, node.imm);
        pop(1);
        mv.visitInsn(BALOAD);
        if (node.op == OpCode.I32_LOAD8_U || node.op == OpCode.I64_LOAD8_U) {
          pushInt(255);
          mv.visitInsn(IAND);
        }
        break;
      case I32_LOAD16_S:
      case I64_LOAD16_S:
        get(base, node.imm, "I16", 'S');
        break;
      case I32_LOAD16_U:
      case I64_LOAD16_U:
        get(base, node.imm, "U16", 'C');
        break;
      case I32_LOAD:
      case I64_LOAD32_S:
      case I64_LOAD32_U:
        get(base, node.imm, "I32", 'I');
        break;
      case I64_LOAD:
        get(base, node.imm, "I64", 'J');
        return;
      case F32_LOAD:
        get(base, node.imm, "F32", 'F');
        return;
      default:
        get(base, node.imm, "F64", 'D');
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

  private void get(Node base, long offset, String handle, char type) {
    handle(handle);
    memory();
    address(base, offset);
    pop(2);
    mv.visitMethodInsn(INVOKEVIRTUAL, VAR_HANDLE, "get", "([BI)" + type, false);
  }

  private void memoryStore(Node node) {
    Node base = node.in[0];
    Node value = node.in[1];
    switch (node.op) {
      case I32_STORE8:
      case I64_STORE8:
        memory();
        address(base, node.imm);
        push(INTEGER);
        emit(value);
        pop(2);
        if (value.type == 'J') {
          mv.visitInsn(L2I);
        }
        mv.visitInsn(BASTORE);
        break;
      case I32_STORE16:
      case I64_STORE16:
        set(base, node.imm, value, "I16", 'S');
        break;
      case I32_STORE:
      case I64_STORE32:
        set(base, node.imm, value, "I32", 'I');
        break;
      case I64_STORE:
        set(base, node.imm, value, "I64", 'J');
        break;
      case F32_STORE:
        set(base, node.imm, value, "F32", 'F');
        break;
      default:
        set(base, node.imm, value, "F64", 'D');
    }
  }

  private void set(Node base, long offset, Node value, String handle, char type) {
    handle(handle);
    memory();
    address(base, offset);
    push(INTEGER);
    emit(value);
    pop(3);
    if (value.type == 'J' && type != 'J') {
      mv.visitInsn(L2I);
    }
    if (type == 'S') {
      mv.visitInsn(I2S);
    }
    mv.visitMethodInsn(INVOKEVIRTUAL, VAR_HANDLE, "set", "([BI" + type + ")V", false);
  }

  // Conditions

  private void select(Node node) {
    Label no = new Label();
    Label end = new Label();
    branch(node.in[2], false, no);
    emit(node.in[0]);
    mv.visitJumpInsn(GOTO, end);
    mark(no);
    emit(node.in[1]);
    push(node.type);
    mark(end);
    pop(1);
  }

  private void materialize(Node condition) {
    Label yes = new Label();
    Label end = new Label();
    branch(condition, true, yes);
    mv.visitInsn(ICONST_0);
    mv.visitJumpInsn(GOTO, end);
    mark(yes);
    mv.visitInsn(ICONST_1);
    push(INTEGER);
    mark(end);
    pop(1);
  }

  private static int inverse(int jump) {
    switch (jump) {
      case IFEQ:
        return IFNE;
      case IFNE:
        return IFEQ;
      case IFLT:
        return IFGE;
      case IFGE:
        return IFLT;
      case IFGT:
        return IFLE;
      case IFLE:
        return IFGT;
      case IF_ICMPEQ:
        return IF_ICMPNE;
      case IF_ICMPNE:
        return IF_ICMPEQ;
      case IF_ICMPLT:
        return IF_ICMPGE;
      case IF_ICMPGE:
        return IF_ICMPLT;
      case IF_ICMPGT:
        return IF_ICMPLE;
      default:
        return IF_ICMPGT;
    }
  }

  private void jump(int opcode, boolean when, Label target) {
    mv.visitJumpInsn(when ? opcode : inverse(opcode), target);
  }

  /** Jumps if the condition is not 0, or if it is. */
  final void branch(Node condition, boolean when, Label target) {
    if (condition.kind != Node.Kind.NUMERIC || !Numerics.isCondition(condition.op)) {
      emit(condition);
      jump(IFNE, when, target);
      return;
    }
    Node a = condition.in[0];
    if (condition.op == OpCode.I32_EQZ) {
      branch(a, !when, target);
      return;
    }
    if (condition.op == OpCode.I64_EQZ) {
      emit(a);
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
        pushInt((int) node.imm + Integer.MIN_VALUE);
      } else {
        emit(node);
        pushInt(Integer.MIN_VALUE);
        mv.visitInsn(IADD);
      }
    } else if (node.kind == Node.Kind.CONST) {
      pushLong(node.imm + Long.MIN_VALUE);
    } else {
      emit(node);
      pushLong(Long.MIN_VALUE);
      mv.visitInsn(LADD);
    }
  }

  private void compareInts(OpCode op, Node a, Node b, boolean when, Label target) {
    int jump;
    boolean unsigned = false;
    switch (op) {
      case I32_EQ:
        jump = IF_ICMPEQ;
        break;
      case I32_NE:
        jump = IF_ICMPNE;
        break;
      case I32_LT_U:
        unsigned = true;
        jump = IF_ICMPLT;
        break;
      case I32_LT_S:
        jump = IF_ICMPLT;
        break;
      case I32_GT_U:
        unsigned = true;
        jump = IF_ICMPGT;
        break;
      case I32_GT_S:
        jump = IF_ICMPGT;
        break;
      case I32_LE_U:
        unsigned = true;
        jump = IF_ICMPLE;
        break;
      case I32_LE_S:
        jump = IF_ICMPLE;
        break;
      case I32_GE_U:
        unsigned = true;
        jump = IF_ICMPGE;
        break;
      default:
        jump = IF_ICMPGE;
    }
    if (unsigned) {
      unsigned(a);
      push(INTEGER);
      unsigned(b);
      pop(1);
      jump(jump, when, target);
    } else if (b.isConst(0)) {
      emit(a);
      jump(jump - IF_ICMPEQ + IFEQ, when, target);
    } else {
      emit(a);
      push(INTEGER);
      emit(b);
      pop(1);
      jump(jump, when, target);
    }
  }

  private void compareLongs(OpCode op, Node a, Node b, boolean when, Label target) {
    int jump;
    boolean unsigned = false;
    switch (op) {
      case I64_EQ:
        jump = IFEQ;
        break;
      case I64_NE:
        jump = IFNE;
        break;
      case I64_LT_U:
        unsigned = true;
        jump = IFLT;
        break;
      case I64_LT_S:
        jump = IFLT;
        break;
      case I64_GT_U:
        unsigned = true;
        jump = IFGT;
        break;
      case I64_GT_S:
        jump = IFGT;
        break;
      case I64_LE_U:
        unsigned = true;
        jump = IFLE;
        break;
      case I64_LE_S:
        jump = IFLE;
        break;
      case I64_GE_U:
        unsigned = true;
        jump = IFGE;
        break;
      default:
        jump = IFGE;
    }
    if (unsigned) {
      unsigned(a);
      push(LONG);
      unsigned(b);
    } else {
      emit(a);
      push(LONG);
      emit(b);
    }
    pop(1);
    mv.visitInsn(LCMP);
    jump(jump, when, target);
  }

  private void compareFloats(OpCode op, Node a, Node b, boolean when, Label target) {
    boolean less = false;
    int jump;
    switch (op) {
      case F32_EQ:
      case F64_EQ:
        jump = IFEQ;
        break;
      case F32_NE:
      case F64_NE:
        jump = IFNE;
        break;
      case F32_LT:
      case F64_LT:
        less = true;
        jump = IFLT;
        break;
      case F32_LE:
      case F64_LE:
        less = true;
        jump = IFLE;
        break;
      case F32_GT:
      case F64_GT:
        jump = IFGT;
        break;
      default:
        jump = IFGE;
    }
    emit(a);
    push(a.type);
    emit(b);
    pop(1);
    // A NaN must make every comparison but "not equal" fail.
    if (a.type == 'F') {
      mv.visitInsn(less ? FCMPG : FCMPL);
    } else {
      mv.visitInsn(less ? DCMPG : DCMPL);
    }
    jump(jump, when, target);
  }

  // Numbers

  private void numeric(Node node) {
    OpCode op = node.op;
    if (Numerics.isCondition(op)) {
      materialize(node);
      return;
    }
    if (isDivision(op) && node.in[1].kind == Node.Kind.CONST && divideByConstant(node)) {
      return;
    }
    operands(node.in, node.in.length);
    int insn = plain(op);
    if (insn != 0) {
      if (op == OpCode.I64_SHL || op == OpCode.I64_SHR_S || op == OpCode.I64_SHR_U) {
        mv.visitInsn(L2I);
      }
      mv.visitInsn(insn);
      return;
    }
    special(op);
  }

  private static boolean isDivision(OpCode op) {
    int code = op.opcode();
    return code >= 0x6D && code <= 0x70 || code >= 0x7F && code <= 0x82;
  }

  /** A divisor that is neither 0 nor -1 needs no check; false if nothing was emitted. */
  private boolean divideByConstant(Node node) {
    long divisor = node.in[1].type == 'I' ? (int) node.in[1].imm : node.in[1].imm;
    int insn;
    switch (node.op) {
      case I32_DIV_S:
        insn = IDIV;
        break;
      case I32_REM_S:
        insn = IREM;
        break;
      case I64_DIV_S:
        insn = LDIV;
        break;
      case I64_REM_S:
        insn = LREM;
        break;
      case I32_DIV_U:
        insn = LDIV;
        break;
      case I32_REM_U:
        insn = LREM;
        break;
      default:
        return false;
    }
    if (divisor == 0 || divisor == -1) {
      return false;
    }
    emit(node.in[0]);
    if (node.op == OpCode.I32_DIV_U || node.op == OpCode.I32_REM_U) {
      mv.visitInsn(I2L);
      mv.visitLdcInsn(0xFFFFFFFFL);
      mv.visitInsn(LAND);
      pushLong(divisor & 0xFFFFFFFFL);
      mv.visitInsn(insn);
      mv.visitInsn(L2I);
    } else {
      pushConstant(node.in[1]);
      mv.visitInsn(insn);
    }
    return true;
  }

  /** The JVM instruction that does just the same, or 0. */
  private static int plain(OpCode op) {
    switch (op) {
      case I32_ADD:
        return IADD;
      case I32_SUB:
        return ISUB;
      case I32_MUL:
        return IMUL;
      case I32_AND:
        return IAND;
      case I32_OR:
        return IOR;
      case I32_XOR:
        return IXOR;
      case I32_SHL:
        return ISHL;
      case I32_SHR_S:
        return ISHR;
      case I32_SHR_U:
        return IUSHR;
      case I64_ADD:
        return LADD;
      case I64_SUB:
        return LSUB;
      case I64_MUL:
        return LMUL;
      case I64_AND:
        return LAND;
      case I64_OR:
        return LOR;
      case I64_XOR:
        return LXOR;
      case I64_SHL:
        return LSHL;
      case I64_SHR_S:
        return LSHR;
      case I64_SHR_U:
        return LUSHR;
      case F32_NEG:
        return FNEG;
      case F32_ADD:
        return FADD;
      case F32_SUB:
        return FSUB;
      case F32_MUL:
        return FMUL;
      case F32_DIV:
        return FDIV;
      case F64_NEG:
        return DNEG;
      case F64_ADD:
        return DADD;
      case F64_SUB:
        return DSUB;
      case F64_MUL:
        return DMUL;
      case F64_DIV:
        return DDIV;
      case I32_WRAP_I64:
        return L2I;
      case I64_EXTEND_I32_S:
        return I2L;
      case F32_CONVERT_I32_S:
        return I2F;
      case F32_CONVERT_I64_S:
        return L2F;
      case F32_DEMOTE_F64:
        return D2F;
      case F64_CONVERT_I32_S:
        return I2D;
      case F64_CONVERT_I64_S:
        return L2D;
      case F64_PROMOTE_F32:
        return F2D;
      case I32_EXTEND_8_S:
        return I2B;
      case I32_EXTEND_16_S:
        return I2S;
      case I32_TRUNC_SAT_F32_S:
        return F2I;
      case I32_TRUNC_SAT_F64_S:
        return D2I;
      case I64_TRUNC_SAT_F32_S:
        return F2L;
      case I64_TRUNC_SAT_F64_S:
        return D2L;
      default:
        return 0;
    }
  }

  private void zeroExtend() {
    mv.visitInsn(I2L);
    mv.visitLdcInsn(0xFFFFFFFFL);
    mv.visitInsn(LAND);
  }

  private void special(OpCode op) {
    switch (op) {
      case I32_CLZ:
        invokeStatic("java/lang/Integer", "numberOfLeadingZeros", "(I)I");
        break;
      case I32_CTZ:
        invokeStatic("java/lang/Integer", "numberOfTrailingZeros", "(I)I");
        break;
      case I32_POPCNT:
        invokeStatic("java/lang/Integer", "bitCount", "(I)I");
        break;
      case I32_ROTL:
        invokeStatic("java/lang/Integer", "rotateLeft", "(II)I");
        break;
      case I32_ROTR:
        invokeStatic("java/lang/Integer", "rotateRight", "(II)I");
        break;
      case I64_CLZ:
        invokeStatic("java/lang/Long", "numberOfLeadingZeros", "(J)I");
        mv.visitInsn(I2L);
        break;
      case I64_CTZ:
        invokeStatic("java/lang/Long", "numberOfTrailingZeros", "(J)I");
        mv.visitInsn(I2L);
        break;
      case I64_POPCNT:
        invokeStatic("java/lang/Long", "bitCount", "(J)I");
        mv.visitInsn(I2L);
        break;
      case I64_ROTL:
        mv.visitInsn(L2I);
        invokeStatic("java/lang/Long", "rotateLeft", "(JI)J");
        break;
      case I64_ROTR:
        mv.visitInsn(L2I);
        invokeStatic("java/lang/Long", "rotateRight", "(JI)J");
        break;
      case I32_DIV_S:
        invokeStatic(NUMERIC, "divS", "(II)I");
        break;
      case I32_DIV_U:
        invokeStatic(NUMERIC, "divU", "(II)I");
        break;
      case I32_REM_S:
        invokeStatic(NUMERIC, "remS", "(II)I");
        break;
      case I32_REM_U:
        invokeStatic(NUMERIC, "remU", "(II)I");
        break;
      case I64_DIV_S:
        invokeStatic(NUMERIC, "divS", "(JJ)J");
        break;
      case I64_DIV_U:
        invokeStatic(NUMERIC, "divU", "(JJ)J");
        break;
      case I64_REM_S:
        invokeStatic(NUMERIC, "remS", "(JJ)J");
        break;
      case I64_REM_U:
        invokeStatic(NUMERIC, "remU", "(JJ)J");
        break;
      case F32_ABS:
        invokeStatic(NUMERIC, "abs", "(F)F");
        break;
      case F64_ABS:
        invokeStatic(NUMERIC, "abs", "(D)D");
        break;
      case F32_COPYSIGN:
        invokeStatic("java/lang/Math", "copySign", "(FF)F");
        break;
      case F64_COPYSIGN:
        invokeStatic("java/lang/Math", "copySign", "(DD)D");
        break;
      case F32_SQRT:
        mv.visitInsn(F2D);
        invokeStatic("java/lang/Math", "sqrt", "(D)D");
        mv.visitInsn(D2F);
        break;
      case F64_SQRT:
        invokeStatic("java/lang/Math", "sqrt", "(D)D");
        break;
      case F32_CEIL:
        invokeStatic(NUMERIC, "ceil", "(F)F");
        break;
      case F32_FLOOR:
        invokeStatic(NUMERIC, "floor", "(F)F");
        break;
      case F32_TRUNC:
        invokeStatic(NUMERIC, "trunc", "(F)F");
        break;
      case F32_NEAREST:
        invokeStatic(NUMERIC, "nearest", "(F)F");
        break;
      case F32_MIN:
        invokeStatic(NUMERIC, "min", "(FF)F");
        break;
      case F32_MAX:
        invokeStatic(NUMERIC, "max", "(FF)F");
        break;
      case F64_CEIL:
        invokeStatic(NUMERIC, "ceil", "(D)D");
        break;
      case F64_FLOOR:
        invokeStatic(NUMERIC, "floor", "(D)D");
        break;
      case F64_TRUNC:
        invokeStatic(NUMERIC, "trunc", "(D)D");
        break;
      case F64_NEAREST:
        invokeStatic(NUMERIC, "nearest", "(D)D");
        break;
      case F64_MIN:
        invokeStatic(NUMERIC, "min", "(DD)D");
        break;
      case F64_MAX:
        invokeStatic(NUMERIC, "max", "(DD)D");
        break;
      case I32_TRUNC_F32_S:
        invokeStatic(NUMERIC, "truncS", "(F)I");
        break;
      case I32_TRUNC_F32_U:
        invokeStatic(NUMERIC, "truncU", "(F)I");
        break;
      case I32_TRUNC_F64_S:
        invokeStatic(NUMERIC, "truncS", "(D)I");
        break;
      case I32_TRUNC_F64_U:
        invokeStatic(NUMERIC, "truncU", "(D)I");
        break;
      case I64_TRUNC_F32_S:
        invokeStatic(NUMERIC, "truncLongS", "(F)J");
        break;
      case I64_TRUNC_F32_U:
        invokeStatic(NUMERIC, "truncLongU", "(F)J");
        break;
      case I64_TRUNC_F64_S:
        invokeStatic(NUMERIC, "truncLongS", "(D)J");
        break;
      case I64_TRUNC_F64_U:
        invokeStatic(NUMERIC, "truncLongU", "(D)J");
        break;
      case I32_TRUNC_SAT_F32_U:
        mv.visitInsn(F2D);
        invokeStatic(NUMERIC, "satU", "(D)I");
        break;
      case I32_TRUNC_SAT_F64_U:
        invokeStatic(NUMERIC, "satU", "(D)I");
        break;
      case I64_TRUNC_SAT_F32_U:
        mv.visitInsn(F2D);
        invokeStatic(NUMERIC, "satLongU", "(D)J");
        break;
      case I64_TRUNC_SAT_F64_U:
        invokeStatic(NUMERIC, "satLongU", "(D)J");
        break;
      case I64_EXTEND_I32_U:
        zeroExtend();
        break;
      case F32_CONVERT_I32_U:
        zeroExtend();
        mv.visitInsn(L2F);
        break;
      case F64_CONVERT_I32_U:
        zeroExtend();
        mv.visitInsn(L2D);
        break;
      case F32_CONVERT_I64_U:
        invokeStatic(NUMERIC, "toFloatU", "(J)F");
        break;
      case F64_CONVERT_I64_U:
        invokeStatic(NUMERIC, "toDoubleU", "(J)D");
        break;
      case I32_REINTERPRET_F32:
        invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
        break;
      case I64_REINTERPRET_F64:
        invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
        break;
      case F32_REINTERPRET_I32:
        invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        break;
      case F64_REINTERPRET_I64:
        invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        break;
      case I64_EXTEND_8_S:
        mv.visitInsn(L2I);
        mv.visitInsn(I2B);
        mv.visitInsn(I2L);
        break;
      case I64_EXTEND_16_S:
        mv.visitInsn(L2I);
        mv.visitInsn(I2S);
        mv.visitInsn(I2L);
        break;
      case I64_EXTEND_32_S:
        mv.visitInsn(L2I);
        mv.visitInsn(I2L);
        break;
      default:
        throw new UnsupportedFeatureException(Features.nameOf(op));
    }
  }

  // Tables of ids

  /** Pushes the entry of a constant table, by the index on the stack. */
  final void lookUpId(int[] table) {
    StringBuilder all = new StringBuilder(2 * table.length);
    for (int id : table) {
      all.append((char) (id >>> 16)).append((char) id);
    }
    // A constant of the pool has at most 65,535 bytes, a char up to three of them.
    int part = 20_000;
    Object[] parts = new Object[(all.length() + part - 1) / part];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = all.substring(i * part, Math.min(all.length(), (i + 1) * part));
    }
    Handle bootstrap =
        new Handle(
            H_INVOKESTATIC,
            Helper.RUNTIME + "Switches",
            "table",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
                + "[Ljava/lang/String;)[I",
            false);
    mv.visitLdcInsn(new ConstantDynamic("table", "[I", bootstrap, parts));
    invokeStatic(Helper.RUNTIME + "Switches", "target", "(I[I)I");
  }
}
