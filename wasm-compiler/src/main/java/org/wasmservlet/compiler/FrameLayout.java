package org.wasmservlet.compiler;

import static org.objectweb.asm.Opcodes.*;

import java.util.Arrays;
import org.objectweb.asm.MethodVisitor;

/**
 * Where the variables of a split function with a driver live between its chunks. A few fit into
 * fields that the context has for that, which are read before anything else can run. More are
 * fields of one class per function, and if there are very many, the rest shares an array; such a
 * frame is made where the beginning is left.
 */
final class FrameLayout {
  private static final int MOST_FIELDS = 2_000;

  /** As many fields the context has of each type. */
  private static final int MOST_IN_CONTEXT = 8;

  /** The field with where to go from the beginning. */
  static final String ID = "id";

  /** The class that has the fields. */
  final String className;

  private final char[] types;

  /** By variable: the name of its field, or null. */
  private final String[] names;

  /** By variable that has no field: its place in the array, or -1. */
  private final int[] places;

  private int fields;
  private int elements;

  FrameLayout(ChunkPlan plan) {
    FunctionIr function = plan.function();
    types = function.variables();
    names = new String[types.length];
    places = new int[types.length];
    Arrays.fill(places, -1);
    if (plan.passing() == Passing.CONTEXT) {
      className = ModuleShape.CONTEXT;
      int[] count = new int[128];
      for (int variable : plan.heldBetween(0, function.blocks().size())) {
        char type = types[variable];
        names[variable] = "passed" + type + count[type]++;
      }
      return;
    }
    className = ClassNames.frame(function.index());
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
    if (names[variable] == null && places[variable] < 0) {
      if (types[variable] == 'A' || fields < MOST_FIELDS) {
        names[variable] = "v" + variable;
        fields++;
      } else {
        places[variable] = elements++;
      }
    }
  }

  /** Whether the context has fields enough for variables. */
  static boolean fitsContext(FunctionIr function, int[] variables) {
    int[] count = new int[128];
    for (int variable : variables) {
      char type = function.variables()[variable];
      if (type == 'A' || ++count[type] > MOST_IN_CONTEXT) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is an object for each call, not only fields of the context. */
  boolean isObject() {
    return !className.equals(ModuleShape.CONTEXT);
  }

  /** The parameter of a chunk's method that has the fields. */
  int parameter() {
    return isObject() ? 1 : 0;
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
    if (names[variable] != null) {
      mv.visitFieldInsn(GETFIELD, className, names[variable], descriptor(types[variable]));
    } else {
      mv.visitFieldInsn(GETFIELD, className, "x", "[J");
      method.pushInt(places[variable]);
      mv.visitInsn(LALOAD);
      method.fromBits(types[variable]);
    }
  }

  /** Stores a variable from its JVM local; the frame itself is on the stack. */
  void put(JvmMethod method, int variable) {
    MethodVisitor mv = method.mv;
    if (names[variable] != null) {
      method.load(variable);
      mv.visitFieldInsn(PUTFIELD, className, names[variable], descriptor(types[variable]));
    } else {
      mv.visitFieldInsn(GETFIELD, className, "x", "[J");
      method.pushInt(places[variable]);
      method.load(variable);
      method.toBits(types[variable]);
      mv.visitInsn(LASTORE);
    }
  }

  byte[] toClass() {
    ClassFile file = ClassFile.holder(className);
    for (int v = 0; v < types.length; v++) {
      if (names[v] != null) {
        file.writer.visitField(0, names[v], descriptor(types[v]), null, null).visitEnd();
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
