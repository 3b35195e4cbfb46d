package org.wasmservlet.compiler;

import static org.objectweb.asm.Opcodes.*;

import java.util.Arrays;
import org.objectweb.asm.MethodVisitor;

/**
 * Where the variables of a split function live between its chunks: fields of one class per
 * function. If there are very many, the rest shares an array. The frame is made where the beginning
 * is left.
 */
final class FrameLayout {
  private static final int MOST_FIELDS = 2_000;

  /** The field with where to go from the beginning. */
  static final String ID = "id";

  final String className;
  private final char[] types;

  /** By variable: -1 not in the frame, 0 a field, else its place in the array plus 1. */
  private final int[] places;

  private int fields;
  private int elements;

  FrameLayout(ChunkPlan plan) {
    FunctionIr function = plan.function();
    className = ClassNames.frame(function.index());
    types = function.variables();
    places = new int[types.length];
    Arrays.fill(places, -1);
    addStored(plan, plan.beginning());
    for (Chunk chunk : plan.chunks()) {
      for (int entry : chunk.entries) {
        addAll(chunk, chunk.liveAt(entry));
      }
      addStored(plan, chunk);
    }
  }

  private void addStored(ChunkPlan plan, Chunk chunk) {
    for (int b = chunk.from; b < chunk.to; b++) {
      Block block = plan.function().blocks().get(b);
      for (Block target : block.targets) {
        if (!chunk.staysInside(block, target)) {
          addAll(chunk, chunk.storedBetween(b, target));
        }
      }
    }
  }

  /** The variables that are parameters of the function's method. */
  static int[] parameters(FunctionIr function) {
    if (function.argumentArray() >= 0) {
      return new int[] {function.argumentArray()};
    }
    int[] parameters = new int[function.signature().params.length()];
    Arrays.setAll(parameters, p -> p);
    return parameters;
  }

  private void addAll(Chunk chunk, long[] positions) {
    for (int i = 0; i < chunk.variables.length; i++) {
      if (Bits.has(positions, i)) {
        add(chunk.variables[i]);
      }
    }
  }

  private void add(int variable) {
    if (places[variable] < 0) {
      if (types[variable] == 'A' || fields < MOST_FIELDS) {
        places[variable] = 0;
        fields++;
      } else {
        places[variable] = ++elements;
      }
    }
  }

  /** The context's field for what a function with a frame gives back. */
  static String resultField(char type) {
    return "result" + type;
  }

  static String descriptor(char type) {
    return type == 'A' ? "[J" : String.valueOf(type);
  }

  /** Pushes a variable's value; the frame itself is on the stack. */
  void get(JvmMethod method, int variable) {
    MethodVisitor mv = method.mv;
    if (places[variable] == 0) {
      mv.visitFieldInsn(GETFIELD, className, "v" + variable, descriptor(types[variable]));
    } else {
      mv.visitFieldInsn(GETFIELD, className, "x", "[J");
      method.pushInt(places[variable] - 1);
      mv.visitInsn(LALOAD);
      method.fromBits(types[variable]);
    }
  }

  /** Stores a variable from its JVM local; the frame itself is on the stack. */
  void put(JvmMethod method, int variable) {
    MethodVisitor mv = method.mv;
    if (places[variable] == 0) {
      method.load(variable);
      mv.visitFieldInsn(PUTFIELD, className, "v" + variable, descriptor(types[variable]));
    } else {
      mv.visitFieldInsn(GETFIELD, className, "x", "[J");
      method.pushInt(places[variable] - 1);
      method.load(variable);
      method.toBits(types[variable]);
      mv.visitInsn(LASTORE);
    }
  }

  byte[] toClass() {
    ClassFile file = ClassFile.holder(className);
    for (int v = 0; v < types.length; v++) {
      if (places[v] == 0) {
        file.writer.visitField(0, "v" + v, descriptor(types[v]), null, null).visitEnd();
      }
    }
    file.writer.visitField(0, ID, "I", null, null).visitEnd();
    MethodVisitor mv = file.method(0, "<init>", "()V");
    mv.visitVarInsn(ALOAD, 0);
    mv.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    if (elements > 0) {
      file.writer.visitField(0, "x", "[J", null, null).visitEnd();
      mv.visitVarInsn(ALOAD, 0);
      mv.visitLdcInsn(elements);
      mv.visitIntInsn(NEWARRAY, T_LONG);
      mv.visitFieldInsn(PUTFIELD, className, "x", "[J");
    }
    mv.visitInsn(RETURN);
    file.end(mv);
    return file.toBytes();
  }
}
