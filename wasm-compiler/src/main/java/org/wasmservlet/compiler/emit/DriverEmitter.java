package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Signature;
import org.wasmservlet.compiler.plan.ChunkPlan;

/**
 * Emits what runs the beginning of a split function, and then chunks, one after the other, if it
 * has not ended by then. Methods stay small: chunks are in groups, groups in groups of groups.
 */
final class DriverEmitter {
  /** Few groups: CPython's loop took a sixteenth longer in groups of 64. */
  private static final int GROUP_BITS = 8;

  private static final int GROUP = 1 << GROUP_BITS;

  /** An id is never negative. */
  static final int MOST_CHUNKS = 1 << (31 - ChunkPlan.PLACE_BITS);

  private final FunctionIr function;
  private final FrameFields frame;
  private final ClassFile file;
  private final Supplier<ClassFile> room;
  private final String step;

  /** Where an id has the number of its chunk, or of its group. */
  private int shift = ChunkPlan.PLACE_BITS;

  /**
   * Makes an emitter.
   *
   * @param file where the function's own method goes
   * @param room gives the class for the next group: many would not fit into one
   */
  DriverEmitter(FunctionIr function, FrameFields frame, ClassFile file, Supplier<ClassFile> room) {
    this.function = function;
    this.frame = frame;
    this.file = file;
    this.room = room;
    this.step = stepDescriptor(frame);
  }

  static String stepDescriptor(FrameFields frame) {
    String object = frame.isObject() ? "L" + frame.className + ";" : "";
    return "(L" + ClassNames.CONTEXT + ";" + object + "I)I";
  }

  /** The verifier's types of a step's parameters. */
  static Object[] stepParameters(FrameFields frame) {
    return frame.isObject()
        ? new Object[] {ClassNames.CONTEXT, frame.className, INTEGER}
        : new Object[] {ClassNames.CONTEXT, INTEGER};
  }

  static String beginningDescriptor(Signature signature, FrameFields frame) {
    String descriptor = signature.descriptor;
    String next = frame.isObject() ? "L" + frame.className + ";" : "I";
    return descriptor.substring(0, descriptor.indexOf(')') + 1) + next;
  }

  /**
   * Emits the method of the function itself, named {@code name}.
   *
   * @param chunks by number; null where nothing goes
   */
  void emit(String name, MethodName beginning, List<MethodName> chunks) {
    emitTop(name, beginning, grouped(chunks));
  }

  /**
   * Emits the method that goes on in the function: (context, values of a frame, id) to nothing; the
   * result is in the context.
   */
  void emitResuming(String name, List<MethodName> chunks) {
    List<MethodName> targets = grouped(chunks);
    MethodVisitor mv = file.method(ACC_STATIC, name, ActivationEmitter.RESUME);
    Object[] locals = {ClassNames.CONTEXT, "[J", INTEGER, frame.className};
    int frameLocal = 3;
    int idLocal = 2;
    mv.visitVarInsn(ALOAD, 0);
    mv.visitVarInsn(ALOAD, 1);
    mv.visitVarInsn(ILOAD, idLocal);
    mv.visitMethodInsn(
        INVOKESTATIC,
        frame.className,
        ActivationEmitter.RESTORE,
        ActivationEmitter.restoreDescriptor(frame),
        false);
    mv.visitVarInsn(ASTORE, frameLocal);
    Label out = loop(mv, targets, 0, frameLocal, idLocal, locals);
    mv.visitLabel(out);
    mv.visitFrame(F_NEW, locals.length, locals, 0, null);
    mv.visitInsn(RETURN);
    file.end(mv);
  }

  /** Few enough for one switch: chunks, or groups of them. */
  private List<MethodName> grouped(List<MethodName> chunks) {
    List<MethodName> targets = chunks;
    int level = 0;
    while (targets.size() > GROUP) {
      List<MethodName> groups = new ArrayList<>();
      for (int from = 0; from < targets.size(); from += GROUP) {
        String group = "d_" + function.index() + "_" + level + "_" + groups.size();
        int to = Math.min(targets.size(), from + GROUP);
        ClassFile holder = room.get();
        emitGroup(holder, group, targets.subList(from, to), from);
        groups.add(new MethodName(holder.name, group));
      }
      targets = groups;
      shift += GROUP_BITS;
      level++;
    }
    return targets;
  }

  private void emitGroup(ClassFile holder, String name, List<MethodName> targets, int first) {
    MethodVisitor mv = holder.method(ACC_STATIC, name, step);
    Object[] locals = stepParameters(frame);
    int idLocal = frame.parameter() + 1;
    Label out = loop(mv, targets, first, frame.parameter(), idLocal, locals);
    mv.visitLabel(out);
    mv.visitFrame(F_NEW, locals.length, locals, 0, null);
    mv.visitVarInsn(ILOAD, idLocal);
    mv.visitInsn(IRETURN);
    holder.end(mv);
  }

  /** Calls one target after the other until there is none for the id: then it is at the label. */
  private Label loop(
      MethodVisitor mv,
      List<MethodName> targets,
      int first,
      int frameLocal,
      int idLocal,
      Object[] locals) {
    Label loop = new Label();
    Label out = new Label();
    mv.visitLabel(loop);
    mv.visitFrame(F_NEW, locals.length, locals, 0, null);
    dispatch(mv, targets, first, frameLocal, idLocal, out, locals);
    mv.visitVarInsn(ISTORE, idLocal);
    mv.visitJumpInsn(GOTO, loop);
    return out;
  }

  /** Calls the target of the id in a local; what it returns is on the stack afterwards. */
  private void dispatch(
      MethodVisitor mv,
      List<MethodName> targets,
      int first,
      int frameLocal,
      int idLocal,
      Label otherwise,
      Object[] locals) {
    Label[] cases = new Label[targets.size()];
    for (int i = 0; i < cases.length; i++) {
      cases[i] = targets.get(i) == null ? otherwise : new Label();
    }
    Label done = new Label();
    mv.visitVarInsn(ILOAD, idLocal);
    mv.visitIntInsn(BIPUSH, shift);
    mv.visitInsn(IUSHR);
    mv.visitTableSwitchInsn(first, first + cases.length - 1, otherwise, cases);
    for (int i = 0; i < cases.length; i++) {
      MethodName target = targets.get(i);
      if (target == null) {
        continue;
      }
      mv.visitLabel(cases[i]);
      mv.visitFrame(F_NEW, locals.length, locals, 0, null);
      mv.visitVarInsn(ALOAD, 0);
      if (frame.isObject()) {
        mv.visitVarInsn(ALOAD, frameLocal);
      }
      mv.visitVarInsn(ILOAD, idLocal);
      mv.visitMethodInsn(INVOKESTATIC, target.owner(), target.name(), step, false);
      if (i + 1 < cases.length) {
        mv.visitJumpInsn(GOTO, done);
      }
    }
    mv.visitLabel(done);
    mv.visitFrame(F_NEW, locals.length, locals, 1, new Object[] {INTEGER});
  }

  private void emitTop(String name, MethodName beginning, List<MethodName> targets) {
    Signature signature = function.signature();
    MethodVisitor mv = file.method(ACC_STATIC, name, signature.descriptor);
    char[] types = function.variables();
    List<Object> locals = new ArrayList<>();
    locals.add(ClassNames.CONTEXT);
    mv.visitVarInsn(ALOAD, 0);
    int slot = 1;
    for (int parameter : function.parameters()) {
      char type = types[parameter];
      mv.visitVarInsn(JvmTypes.loadOp(type), slot);
      locals.add(JvmTypes.verificationType(type));
      slot += JvmTypes.isWide(type) ? 2 : 1;
    }
    Object[] before = locals.toArray();
    int frameLocal = slot;
    int idLocal = frame.isObject() ? slot + 1 : slot;
    mv.visitMethodInsn(
        INVOKESTATIC,
        beginning.owner(),
        beginning.name(),
        beginningDescriptor(signature, frame),
        false);
    Label loop = new Label();
    Label out = new Label();
    if (frame.isObject()) {
      mv.visitInsn(DUP);
      mv.visitVarInsn(ASTORE, frameLocal);
      mv.visitJumpInsn(IFNULL, out);
      mv.visitVarInsn(ALOAD, frameLocal);
      mv.visitFieldInsn(GETFIELD, frame.className, FrameFields.ID, "I");
      locals.add(frame.className);
    }
    mv.visitVarInsn(ISTORE, idLocal);
    locals.add(INTEGER);
    Object[] all = locals.toArray();
    mv.visitLabel(loop);
    mv.visitFrame(F_NEW, all.length, all, 0, null);
    dispatch(mv, targets, 0, frameLocal, idLocal, out, all);
    mv.visitVarInsn(ISTORE, idLocal);
    mv.visitJumpInsn(GOTO, loop);
    mv.visitLabel(out);
    mv.visitFrame(F_NEW, before.length, before, 0, null);
    char result = signature.resultType();
    if (result != 'V') {
      mv.visitVarInsn(ALOAD, 0);
      mv.visitFieldInsn(
          GETFIELD,
          ClassNames.CONTEXT,
          FrameFields.resultField(result),
          JvmTypes.descriptor(result));
    }
    mv.visitInsn(JvmTypes.returnOp(result));
    file.end(mv);
  }
}
