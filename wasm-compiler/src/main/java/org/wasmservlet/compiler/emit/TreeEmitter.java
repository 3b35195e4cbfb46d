package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;
import org.wasmservlet.compiler.ir.Signature;

/** Emits trees into one method. */
final class TreeEmitter {
  private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
  private static final String ACCESS = Helper.RUNTIME + "Access";
  private static final String CALLS = Helper.RUNTIME + "Calls";
  private static final String CTX = ClassNames.CONTEXT;
  private static final String CTX_ARG = "L" + Helper.CONTEXT + ";";

  private final JvmMethod method;
  private final MethodVisitor mv;
  private final ModuleShape shape;
  private final ClassNames names;
  private final ConditionEmitter conditions;
  private final MemoryEmitter memory;

  TreeEmitter(JvmMethod method, ModuleShape shape, ClassNames names) {
    this.method = method;
    this.mv = method.mv;
    this.shape = shape;
    this.names = names;
    this.conditions = new ConditionEmitter(this, method);
    this.memory = new MemoryEmitter(this, method, shape.marksWrites);
  }

  // Trees

  /** Emits a tree while something else is on the stack. */
  void emitAbove(Object type, Node node) {
    method.push(type);
    emit(node);
    method.pop(1);
  }

  /** Emits a tree: its value is on the stack afterwards, if it has one. */
  void emit(Node node) {
    switch (node.kind) {
      case CONST:
        method.pushConstant(node);
        break;
      case GET:
        method.load(node.index);
        break;
      case SET:
        emit(node.in[0]);
        if (node.type != 'V') {
          mv.visitInsn(JvmTypes.isWide(node.type) ? DUP2 : DUP);
        }
        method.store(node.index);
        break;
      case DROP:
        emit(node.in[0]);
        mv.visitInsn(JvmTypes.isWide(node.in[0].type) ? POP2 : POP);
        break;
      case NUMERIC:
        numeric(node);
        break;
      case LOAD:
        memory.load(node);
        break;
      case STORE:
        memory.store(node);
        break;
      case SELECT:
        conditions.select(node);
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
      case COMPUTE:
        compute(node);
        break;
      case NEW_ARRAY:
        method.pushInt(node.index);
        mv.visitIntInsn(NEWARRAY, T_LONG);
        break;
      case ARRAY_GET:
        emit(node.in[0]);
        method.pushInt(node.index);
        mv.visitInsn(LALOAD);
        method.fromBits(node.type);
        break;
      case ARRAY_SET:
        emit(node.in[0]);
        method.pushInt(node.index);
        method.push("[J");
        method.push(INTEGER);
        emit(node.in[1]);
        method.pop(2);
        method.toBits(node.in[1].type);
        mv.visitInsn(LASTORE);
        break;
      case LOOP_CHECK:
        mv.visitFieldInsn(GETSTATIC, ACCESS, "STOP", "L" + VAR_HANDLE + ";");
        mv.visitVarInsn(ALOAD, 0);
        mv.visitMethodInsn(INVOKEVIRTUAL, VAR_HANDLE, "getOpaque", "(" + CTX_ARG + ")I", false);
        stopUnlessZero();
        break;
      default:
        throw new AssertionError(node.kind);
    }
  }

  /** Jumps if the condition is not 0, or if it is. */
  void branch(Node condition, boolean when, Label target) {
    conditions.branch(condition, when, target);
  }

  void entryCheck() {
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, CTX, "stop", "I");
    stopUnlessZero();
  }

  /** Takes the flag from the stack; where it is set, the code may go on after a while. */
  private void stopUnlessZero() {
    Label on = new Label();
    mv.visitJumpInsn(IFEQ, on);
    mv.visitVarInsn(ALOAD, 0);
    mv.visitMethodInsn(INVOKEVIRTUAL, CTX, "halt", "()V", false);
    method.mark(on);
  }

  private void operands(Node... in) {
    for (Node operand : in) {
      emit(operand);
      method.push(operand.type);
    }
    method.pop(in.length);
  }

  // Calls

  private void call(Node node) {
    mv.visitVarInsn(ALOAD, 0);
    method.push(CTX);
    operands(node.in);
    method.pop(1);
    Signature signature = shape.signature(node.index);
    method.invokeStatic(
        names.classOf(node.index), names.methodOf(node.index), signature.descriptor);
    method.known().memory(false);
  }

  private void callIndirect(Node node) {
    Signature signature = shape.signatures.get(node.index);
    mv.visitVarInsn(ALOAD, 0);
    method.push(CTX);
    emit(node.in[0]);
    method.pop(1);
    if (node.imm == 0) {
      method.invokeStatic(CALLS, "lookup", "(" + CTX_ARG + "I)L" + Helper.RUNTIME + "Entry;");
    } else {
      method.pushInt((int) node.imm);
      method.invokeStatic(CALLS, "lookup", "(" + CTX_ARG + "II)L" + Helper.RUNTIME + "Entry;");
    }
    String owner = ClassNames.signature(node.index);
    mv.visitTypeInsn(CHECKCAST, owner);
    method.push(owner);
    mv.visitVarInsn(ALOAD, 0);
    method.push(CTX);
    operands(Arrays.copyOfRange(node.in, 1, node.in.length));
    method.pop(2);
    mv.visitMethodInsn(INVOKEVIRTUAL, owner, "call", signature.descriptor, false);
    method.known().memory(false);
  }

  private void helper(Node node) {
    mv.visitVarInsn(ALOAD, 0);
    method.push(CTX);
    operands(node.in);
    method.pop(1);
    for (int constant : node.helper.constants()) {
      method.pushInt(constant);
    }
    method.invokeStatic(node.helper.owner(), node.helper.name(), node.helper.descriptor());
    method.known().memory(false);
  }

  private void compute(Node node) {
    operands(node.in);
    for (int constant : node.helper.constants()) {
      method.pushInt(constant);
    }
    method.invokeStatic(node.helper.owner(), node.helper.name(), node.helper.descriptor());
  }

  // Globals

  private void globalGet(Node node) {
    mv.visitVarInsn(ALOAD, 0);
    if (shape.globalPlaces[node.index] == ModuleShape.GlobalPlace.FIELD) {
      mv.visitFieldInsn(GETFIELD, CTX, field(node), String.valueOf(node.type));
    } else {
      method.pushInt(node.index);
      mv.visitMethodInsn(INVOKEVIRTUAL, CTX, accessor(node), "(I)J", false);
      method.fromBits(node.type);
    }
  }

  private void globalSet(Node node) {
    char type = node.in[0].type;
    mv.visitVarInsn(ALOAD, 0);
    method.push(CTX);
    emit(node.in[0]);
    method.pop(1);
    if (shape.globalPlaces[node.index] == ModuleShape.GlobalPlace.FIELD) {
      mv.visitFieldInsn(PUTFIELD, CTX, field(node), String.valueOf(type));
    } else {
      method.toBits(type);
      method.pushInt(node.index);
      mv.visitMethodInsn(INVOKEVIRTUAL, CTX, accessor(node), "(JI)V", false);
    }
  }

  private static String field(Node node) {
    return Bridges.globalField(node.index, node.imm != 0);
  }

  private static String accessor(Node node) {
    return Bridges.globalAccessor(node.imm != 0);
  }

  // Numbers

  private void numeric(Node node) {
    OpCode op = node.op;
    if (Numerics.isCondition(op)) {
      conditions.materialize(node);
    } else if (node.in.length == 2
        && node.in[1].kind == Node.Kind.CONST
        && (rotateByConstant(node) || isDivision(op) && divideByConstant(node))) {
      return;
    } else {
      operands(node.in);
      NumericSteps.emit(op, method);
    }
  }

  /** Not a call, which HotSpot may not inline; false if nothing was emitted. */
  private boolean rotateByConstant(Node node) {
    boolean wide = node.type == 'J';
    int left = (int) node.in[1].imm;
    switch (node.op) {
      case I32_ROTL:
      case I64_ROTL:
        break;
      case I32_ROTR:
      case I64_ROTR:
        left = -left;
        break;
      default:
        return false;
    }
    int bits = wide ? 63 : 31;
    emit(node.in[0]);
    mv.visitInsn(wide ? DUP2 : DUP);
    method.pushInt(left & bits);
    mv.visitInsn(wide ? LSHL : ISHL);
    if (wide) {
      mv.visitInsn(DUP2_X2);
      mv.visitInsn(POP2);
    } else {
      mv.visitInsn(SWAP);
    }
    method.pushInt(-left & bits);
    mv.visitInsn(wide ? LUSHR : IUSHR);
    mv.visitInsn(wide ? LOR : IOR);
    return true;
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
      NumericSteps.ZERO_EXTEND.emit(method);
      method.pushLong(divisor & 0xFFFFFFFFL);
      mv.visitInsn(insn);
      mv.visitInsn(L2I);
    } else {
      method.pushConstant(node.in[1]);
      mv.visitInsn(insn);
    }
    return true;
  }

  // Tables of ids

  /** Pushes the entry of a constant table, by the index on the stack. */
  void lookUpId(int[] table) {
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
    method.invokeStatic(Helper.RUNTIME + "Switches", "target", "(I[I)I");
  }
}
