package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** One class that is being written. */
final class ClassFile {
  /** A method adds far fewer entries than are left to the format's 65,535. */
  private static final int MOST_CONSTANTS = 40_000;

  private static final int CHECK_EVERY = 20_000;

  final String name;
  final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
  private int bytes;
  private int checkedAt;
  private int largest;

  ClassFile(String name, String superName, int access) {
    this.name = name;
    writer.visit(V17, access | ACC_SUPER, name, null, superName, null);
  }

  static ClassFile holder(String name) {
    return new ClassFile(name, "java/lang/Object", ACC_FINAL);
  }

  MethodVisitor method(int access, String method, String descriptor) {
    MethodVisitor mv = writer.visitMethod(access, method, descriptor, null, null);
    mv.visitCode();
    return mv;
  }

  void end(MethodVisitor mv) {
    Label end = new Label();
    mv.visitLabel(end);
    mv.visitMaxs(0, 0);
    mv.visitEnd();
    bytes += end.getOffset();
    largest = Math.max(largest, end.getOffset());
  }

  /** The longest method so far, in bytes. */
  int largest() {
    return largest;
  }

  /** Whether another method might not fit. */
  boolean isFull() {
    if (bytes - checkedAt < CHECK_EVERY) {
      return false;
    }
    checkedAt = bytes;
    return writer.newUTF8("#" + bytes) > MOST_CONSTANTS;
  }

  byte[] toBytes() {
    writer.visitEnd();
    return writer.toByteArray();
  }
}
