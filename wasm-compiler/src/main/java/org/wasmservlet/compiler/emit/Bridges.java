package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import com.dylibso.chicory.runtime.Instance;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Signature;

/** Generates what is between typed code and arrays of raw bits. */
public final class Bridges {
  private static final String ENTRY = Helper.RUNTIME + "Entry";
  private static final String CALLS = Helper.RUNTIME + "Calls";
  private static final String CONTEXT_ARG = "L" + Helper.CONTEXT + ";";
  private static final String INSTANCE = Type.getInternalName(Instance.class);
  private static final String LOADED_CODE = Helper.RUNTIME + "LoadedCode";

  private Bridges() {}

  /** Turns the array on the stack into a method's result. */
  static void unpackResult(JvmMethod method, char result) {
    if (result == 'V') {
      method.mv.visitInsn(POP);
    } else if (result != 'A') {
      method.mv.visitInsn(ICONST_0);
      method.mv.visitInsn(LALOAD);
      method.fromBits(result);
    }
  }

  /** Turns a method's result on the stack into an array; {@code local} and the next are free. */
  private static void packResult(JvmMethod method, char result, int local) {
    MethodVisitor mv = method.mv;
    if (result == 'A') {
      return;
    }
    if (result == 'V') {
      mv.visitInsn(ICONST_0);
      mv.visitIntInsn(NEWARRAY, T_LONG);
      return;
    }
    method.toBits(result);
    mv.visitVarInsn(LSTORE, local);
    mv.visitInsn(ICONST_1);
    mv.visitIntInsn(NEWARRAY, T_LONG);
    mv.visitInsn(DUP);
    mv.visitInsn(ICONST_0);
    mv.visitVarInsn(LLOAD, local);
    mv.visitInsn(LASTORE);
  }

  private static JvmMethod method(MethodVisitor mv) {
    return new JvmMethod(mv, new char[0], ClassNames.CONTEXT);
  }

  /** Pushes an array of the arguments, which are JVM locals from {@code first} on. */
  private static void packArguments(JvmMethod method, Signature signature, int first) {
    MethodVisitor mv = method.mv;
    if (signature.array) {
      mv.visitVarInsn(ALOAD, first);
      return;
    }
    int slot = first;
    method.pushInt(signature.params.length());
    mv.visitIntInsn(NEWARRAY, T_LONG);
    for (int i = 0; i < signature.params.length(); i++) {
      char type = signature.params.charAt(i);
      mv.visitInsn(DUP);
      method.pushInt(i);
      mv.visitVarInsn(JvmTypes.loadOp(type), slot);
      method.toBits(type);
      mv.visitInsn(LASTORE);
      slot += JvmTypes.isWide(type) ? 2 : 1;
    }
  }

  /** Pushes the arguments from the array in a JVM local. */
  private static void unpackArguments(JvmMethod method, Signature signature, int array) {
    if (signature.array) {
      method.mv.visitVarInsn(ALOAD, array);
      return;
    }
    for (int i = 0; i < signature.params.length(); i++) {
      method.mv.visitVarInsn(ALOAD, array);
      method.pushInt(i);
      method.mv.visitInsn(LALOAD);
      method.fromBits(signature.params.charAt(i));
    }
  }

  /** Adds the methods f_N of the imports in one class. */
  public static void imports(ModuleShape shape, int number, Map<String, byte[]> classes) {
    ClassFile file = ClassFile.holder(ClassNames.imports(number));
    int from = number * ClassNames.IMPORTS_A_CLASS;
    int to = Math.min(shape.importedFunctions, from + ClassNames.IMPORTS_A_CLASS);
    for (int function = from; function < to; function++) {
      Signature signature = shape.signature(function);
      MethodVisitor mv = file.method(ACC_STATIC, "f_" + function, signature.descriptor);
      JvmMethod method = method(mv);
      mv.visitVarInsn(ALOAD, 0);
      packArguments(method, signature, 1);
      method.pushInt(function);
      method.invokeStatic(CALLS, "imported", "(" + CONTEXT_ARG + "[JI)[J");
      unpackResult(method, signature.resultType());
      mv.visitInsn(JvmTypes.returnOp(signature.resultType()));
      file.end(mv);
    }
    classes.put(file.name, file.toBytes());
  }

  /** The abstract class of a function type. */
  public static byte[] signatureClass(Signature signature) {
    ClassFile file = new ClassFile(ClassNames.signature(signature.number), ENTRY, ACC_ABSTRACT);
    MethodVisitor mv = file.method(0, "<init>", "()V");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitLdcInsn(signature.number);
    mv.visitMethodInsn(INVOKESPECIAL, ENTRY, "<init>", "(I)V", false);
    mv.visitInsn(RETURN);
    file.end(mv);
    file.writer.visitMethod(ACC_ABSTRACT, "call", signature.descriptor, null, null).visitEnd();
    return file.toBytes();
  }

  /**
   * The class of one function.
   *
   * @param owner the class that has its method
   */
  public static byte[] entryClass(
      String name, int function, Signature signature, String owner, boolean leavesTailCalls) {
    String parent = ClassNames.signature(signature.number);
    ClassFile file = new ClassFile(name, parent, ACC_FINAL);
    constructor(file, parent);

    MethodVisitor call = file.method(0, "call", signature.descriptor);
    call.visitVarInsn(ALOAD, 1);
    int slot = 2;
    if (signature.array) {
      call.visitVarInsn(ALOAD, slot);
    } else {
      for (char type : signature.params.toCharArray()) {
        call.visitVarInsn(JvmTypes.loadOp(type), slot);
        slot += JvmTypes.isWide(type) ? 2 : 1;
      }
    }
    call.visitMethodInsn(INVOKESTATIC, owner, "f_" + function, signature.descriptor, false);
    call.visitInsn(JvmTypes.returnOp(signature.resultType()));
    file.end(call);

    apply(file, "apply", owner, "f_" + function, signature);
    if (leavesTailCalls) {
      apply(file, "applyTail", owner, "t_" + function, signature);
    }
    return file.toBytes();
  }

  /** The constructor that only calls the one of the superclass. */
  static void constructor(ClassFile file, String parent) {
    MethodVisitor mv = file.method(0, "<init>", "()V");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitMethodInsn(INVOKESPECIAL, parent, "<init>", "()V", false);
    mv.visitInsn(RETURN);
    file.end(mv);
  }

  private static void apply(
      ClassFile file, String name, String owner, String target, Signature signature) {
    MethodVisitor mv = file.method(ACC_PUBLIC, name, "(" + CONTEXT_ARG + "[J)[J");
    JvmMethod method = method(mv);
    mv.visitVarInsn(ALOAD, 1);
    mv.visitTypeInsn(CHECKCAST, ClassNames.CONTEXT);
    unpackArguments(method, signature, 2);
    mv.visitMethodInsn(INVOKESTATIC, owner, target, signature.descriptor, false);
    packResult(method, signature.resultType(), 3);
    mv.visitInsn(ARETURN);
    file.end(mv);
  }

  /** The class of other instances' functions of a type. */
  public static byte[] foreignClass(Signature signature) {
    String parent = ClassNames.signature(signature.number);
    ClassFile file = new ClassFile(ClassNames.foreign(signature.number), parent, ACC_FINAL);
    file.writer.visitField(ACC_FINAL, "instance", "L" + INSTANCE + ";", null, null).visitEnd();
    file.writer.visitField(ACC_FINAL, "function", "I", null, null).visitEnd();
    MethodVisitor mv = file.method(ACC_PUBLIC, "<init>", "(L" + INSTANCE + ";I)V");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitMethodInsn(INVOKESPECIAL, parent, "<init>", "()V", false);
    mv.visitVarInsn(ALOAD, 0);
    mv.visitVarInsn(ALOAD, 1);
    mv.visitFieldInsn(PUTFIELD, file.name, "instance", "L" + INSTANCE + ";");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitVarInsn(ILOAD, 2);
    mv.visitFieldInsn(PUTFIELD, file.name, "function", "I");
    mv.visitInsn(RETURN);
    file.end(mv);

    mv = file.method(0, "call", signature.descriptor);
    JvmMethod method = method(mv);
    target(file, mv);
    packArguments(method, signature, 2);
    method.invokeStatic(CALLS, "foreign", "(L" + INSTANCE + ";I[J)[J");
    unpackResult(method, signature.resultType());
    mv.visitInsn(JvmTypes.returnOp(signature.resultType()));
    file.end(mv);

    mv = file.method(ACC_PUBLIC, "apply", "(" + CONTEXT_ARG + "[J)[J");
    target(file, mv);
    mv.visitVarInsn(ALOAD, 2);
    mv.visitMethodInsn(INVOKESTATIC, CALLS, "foreign", "(L" + INSTANCE + ";I[J)[J", false);
    mv.visitInsn(ARETURN);
    file.end(mv);
    return file.toBytes();
  }

  private static void target(ClassFile file, MethodVisitor mv) {
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, file.name, "instance", "L" + INSTANCE + ";");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, file.name, "function", "I");
  }

  /** What makes contexts. */
  public static byte[] contextFactoryClass() {
    String parent = Helper.RUNTIME + "ContextFactory";
    String arguments = "(L" + INSTANCE + ";L" + LOADED_CODE + ";)";
    ClassFile file = new ClassFile(ClassNames.CONTEXT_FACTORY, parent, ACC_FINAL);
    constructor(file, parent);
    MethodVisitor mv = file.method(ACC_PUBLIC, "make", arguments + CONTEXT_ARG);
    mv.visitTypeInsn(NEW, ClassNames.CONTEXT);
    mv.visitInsn(DUP);
    mv.visitVarInsn(ALOAD, 1);
    mv.visitVarInsn(ALOAD, 2);
    mv.visitMethodInsn(INVOKESPECIAL, ClassNames.CONTEXT, "<init>", arguments + "V", false);
    mv.visitInsn(ARETURN);
    file.end(mv);
    return file.toBytes();
  }

  /** The context with the module's own globals. */
  public static byte[] contextClass(ModuleShape shape) {
    ClassFile file = new ClassFile(ClassNames.CONTEXT, Helper.CONTEXT, ACC_FINAL);
    String descriptor = "(L" + INSTANCE + ";L" + LOADED_CODE + ";)V";
    MethodVisitor mv = file.method(ACC_PUBLIC, "<init>", descriptor);
    mv.visitVarInsn(ALOAD, 0);
    mv.visitVarInsn(ALOAD, 1);
    mv.visitVarInsn(ALOAD, 2);
    mv.visitMethodInsn(INVOKESPECIAL, Helper.CONTEXT, "<init>", descriptor, false);
    mv.visitInsn(RETURN);
    file.end(mv);
    mv = file.method(ACC_PROTECTED, "marksWrites", "()Z");
    mv.visitInsn(shape.marksWrites ? ICONST_1 : ICONST_0);
    mv.visitInsn(IRETURN);
    file.end(mv);
    MethodVisitor load = file.method(ACC_PROTECTED, "loadGlobals", "()V");
    MethodVisitor store = file.method(ACC_PROTECTED, "storeGlobals", "()V");
    for (int i = 0; i < shape.globalTypes.length; i++) {
      if (shape.globalPlaces[i] == ModuleShape.GlobalPlace.FIELD) {
        globalField(file, shape.globalTypes[i], i, false, load, store);
        if (shape.vectorGlobals.get(i)) {
          globalField(file, 'J', i, true, load, store);
        }
      }
    }
    load.visitInsn(RETURN);
    file.end(load);
    store.visitInsn(RETURN);
    file.end(store);
    return file.toBytes();
  }

  /** Adds a field for a global or half of one, and what copies it. */
  private static void globalField(
      ClassFile file,
      char type,
      int global,
      boolean high,
      MethodVisitor load,
      MethodVisitor store) {
    String name = globalField(global, high);
    String descriptor = String.valueOf(type);
    String accessor = globalAccessor(high);
    file.writer.visitField(0, name, descriptor, null, null).visitEnd();
    JvmMethod loader = method(load);
    load.visitVarInsn(ALOAD, 0);
    load.visitInsn(DUP);
    loader.pushInt(global);
    load.visitMethodInsn(INVOKEVIRTUAL, file.name, accessor, "(I)J", false);
    loader.fromBits(type);
    load.visitFieldInsn(PUTFIELD, file.name, name, descriptor);
    JvmMethod storer = method(store);
    store.visitVarInsn(ALOAD, 0);
    store.visitInsn(DUP);
    store.visitFieldInsn(GETFIELD, file.name, name, descriptor);
    storer.toBits(type);
    storer.pushInt(global);
    store.visitMethodInsn(INVOKEVIRTUAL, file.name, accessor, "(JI)V", false);
  }

  /** The field that has a global, or the high half of a vector. */
  static String globalField(int global, boolean high) {
    return (high ? "h" : "g") + global;
  }

  /** The context's methods for a global that has no field, or for the high half of a vector. */
  static String globalAccessor(boolean high) {
    return high ? "globalHigh" : "global";
  }
}
