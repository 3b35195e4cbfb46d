package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.function.Consumer;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.plan.FrameLayout;

/** Emits the fields that a {@link FrameLayout} tells of: reads, writes, and the class. */
final class FrameFields {
  /** The field with where to go from the beginning. */
  static final String ID = "id";

  private static final String ARRAY = "x";

  /** The class that has the fields. */
  final String className;

  private final FrameLayout layout;
  private final char[] types;

  FrameFields(FrameLayout layout) {
    this.layout = layout;
    this.className = layout.className;
    this.types = layout.types();
  }

  /** Whether there is an object for each call, not only fields of the context. */
  boolean isObject() {
    return layout.isObject();
  }

  /** The parameter of a chunk's method that has the fields. */
  int parameter() {
    return isObject() ? 1 : 0;
  }

  /** The context's field for what a function with a frame gives back. */
  static String resultField(char type) {
    return "result" + type;
  }

  /** Whether a variable is in the frame. */
  boolean has(int variable) {
    return layout.field(variable) != null || layout.place(variable) >= 0;
  }

  /** Pushes a variable's value; the frame itself is on the stack. */
  void get(JvmMethod method, int variable) {
    MethodVisitor mv = method.mv;
    char type = types[variable];
    String field = layout.field(variable);
    if (field != null) {
      mv.visitFieldInsn(GETFIELD, className, field, JvmTypes.descriptor(type));
    } else {
      mv.visitFieldInsn(GETFIELD, className, ARRAY, "[J");
      method.pushInt(layout.place(variable));
      mv.visitInsn(LALOAD);
      method.fromBits(type);
    }
  }

  /** Stores a variable from its JVM local; the frame itself is on the stack. */
  void put(JvmMethod method, int variable) {
    put(method, variable, () -> method.load(variable));
  }

  /** Stores what is pushed. */
  void put(JvmMethod method, int variable, Runnable push) {
    MethodVisitor mv = method.mv;
    char type = types[variable];
    String field = layout.field(variable);
    if (field != null) {
      push.run();
      mv.visitFieldInsn(PUTFIELD, className, field, JvmTypes.descriptor(type));
    } else {
      mv.visitFieldInsn(GETFIELD, className, ARRAY, "[J");
      method.pushInt(layout.place(variable));
      push.run();
      method.toBits(type);
      mv.visitInsn(LASTORE);
    }
  }

  /** The frame's class. */
  byte[] toClass() {
    return toClass(file -> {});
  }

  /** The frame's class, with more methods. */
  byte[] toClass(Consumer<ClassFile> methods) {
    ClassFile file = ClassFile.holder(className);
    for (int v = 0; v < types.length; v++) {
      if (layout.field(v) != null) {
        file.writer
            .visitField(0, layout.field(v), JvmTypes.descriptor(types[v]), null, null)
            .visitEnd();
      }
    }
    file.writer.visitField(0, ID, "I", null, null).visitEnd();
    MethodVisitor mv = file.method(0, "<init>", "()V");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    if (layout.elements() > 0) {
      file.writer.visitField(0, ARRAY, "[J", null, null).visitEnd();
      mv.visitVarInsn(ALOAD, 0);
      mv.visitLdcInsn(layout.elements());
      mv.visitIntInsn(NEWARRAY, T_LONG);
      mv.visitFieldInsn(PUTFIELD, className, ARRAY, "[J");
    }
    mv.visitInsn(RETURN);
    file.end(mv);
    methods.accept(file);
    return file.toBytes();
  }
}
