package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.plan.ChunkPlan;

/**
 * Emits what is between a frame and an array of raw bits: what the frame's variables are where the
 * stack is frozen, and what they are to be where it goes on.
 */
final class ActivationEmitter {
  /** The name of the method that leaves a frame to what is thrown. */
  static final String SAVE = "save";

  /** The name of the method that makes a frame. */
  static final String RESTORE = "restore";

  /** The descriptor of what goes on in a function. */
  static final String RESUME = "(L" + ClassNames.CONTEXT + ";[JI)V";

  private static final String FREEZING = Helper.RUNTIME + "Freezing";

  private final ChunkPlan plan;
  private final FunctionIr function;
  private final FrameFields frame;
  private final FormLayout layout;
  private final char[] types;

  ActivationEmitter(ChunkPlan plan, FrameFields frame, FormLayout layout) {
    this.plan = plan;
    this.function = plan.function();
    this.frame = frame;
    this.layout = layout;
    this.types = function.variables();
  }

  static String saveDescriptor(FrameFields frame) {
    return "(L" + FREEZING + ";L" + frame.className + ";I)L" + FREEZING + ";";
  }

  static String restoreDescriptor(FrameFields frame) {
    return "(L" + ClassNames.CONTEXT + ";[JI)L" + frame.className + ";";
  }

  /** Emits what the function's form takes, into the class of its frames. */
  void emit(ClassFile file) {
    if (function.form().isCapturing()) {
      emitSave(file);
    }
    if (function.form().isResuming()) {
      emitRestore(file);
    }
  }

  /** (what is thrown, frame, number of the call) to what is thrown. */
  private void emitSave(ClassFile file) {
    MethodVisitor mv = file.method(ACC_STATIC, SAVE, saveDescriptor(frame));
    JvmMethod method = new JvmMethod(mv, types);
    mv.visitVarInsn(ALOAD, 0);
    method.pushInt(function.index());
    mv.visitVarInsn(ILOAD, 2);
    method.pushInt(layout.variables().length);
    mv.visitIntInsn(NEWARRAY, T_LONG);
    for (int i = 0; i < layout.variables().length; i++) {
      int variable = layout.variables()[i];
      mv.visitInsn(DUP);
      method.pushInt(i);
      mv.visitVarInsn(ALOAD, 1);
      frame.get(method, variable);
      method.toBits(types[variable]);
      mv.visitInsn(LASTORE);
    }
    mv.visitMethodInsn(INVOKEVIRTUAL, FREEZING, "add", "(II[J)V", false);
    mv.visitVarInsn(ALOAD, 0);
    mv.visitInsn(ARETURN);
    file.end(mv);
  }

  /** (context, values, id) to a frame that has the values, and the result that the context has. */
  private void emitRestore(ClassFile file) {
    MethodVisitor mv = file.method(ACC_STATIC, RESTORE, restoreDescriptor(frame));
    Object[] locals = {ClassNames.CONTEXT, "[J", INTEGER, frame.className};
    JvmMethod method = new JvmMethod(mv, types, locals);
    mv.visitTypeInsn(NEW, frame.className);
    mv.visitInsn(DUP);
    mv.visitMethodInsn(INVOKESPECIAL, frame.className, "<init>", "()V", false);
    mv.visitVarInsn(ASTORE, 3);
    for (int i = 0; i < layout.variables().length; i++) {
      int variable = layout.variables()[i];
      int value = i;
      mv.visitVarInsn(ALOAD, 3);
      frame.put(
          method,
          variable,
          () -> {
            mv.visitVarInsn(ALOAD, 1);
            method.pushInt(value);
            mv.visitInsn(LALOAD);
            method.fromBits(types[variable]);
          });
    }
    emitResults(method);
    mv.visitVarInsn(ALOAD, 3);
    mv.visitInsn(ARETURN);
    file.end(mv);
  }

  /** By id: the variable that the call's result goes to; all others need none. */
  private Map<Integer, Integer> resultVariables() {
    Map<Integer, Integer> variables = new TreeMap<>();
    for (Block block : function.blocks()) {
      if (function.form().goesOnAfter(block.site)
          && block.resultVariable >= 0
          && frame.has(block.resultVariable)) {
        variables.put(plan.idOf(block), block.resultVariable);
      }
    }
    return variables;
  }

  private void emitResults(JvmMethod method) {
    MethodVisitor mv = method.mv;
    Map<Integer, Integer> variables = resultVariables();
    if (variables.isEmpty()) {
      return;
    }
    int[] ids = variables.keySet().stream().mapToInt(id -> id).toArray();
    Label[] cases = new Label[ids.length];
    for (int i = 0; i < cases.length; i++) {
      cases[i] = new Label();
    }
    Label done = new Label();
    mv.visitVarInsn(ILOAD, 2);
    mv.visitLookupSwitchInsn(done, ids, cases);
    for (int i = 0; i < cases.length; i++) {
      int variable = variables.get(ids[i]);
      method.mark(cases[i]);
      mv.visitVarInsn(ALOAD, 3);
      frame.put(
          method,
          variable,
          () -> {
            mv.visitVarInsn(ALOAD, 0);
            mv.visitFieldInsn(
                GETFIELD,
                ClassNames.CONTEXT,
                FrameFields.resultField(types[variable]),
                JvmTypes.descriptor(types[variable]));
          });
      mv.visitJumpInsn(GOTO, done);
    }
    method.mark(done);
  }
}
