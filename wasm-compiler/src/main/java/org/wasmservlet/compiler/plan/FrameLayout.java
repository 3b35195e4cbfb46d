package org.wasmservlet.compiler.plan;

import java.util.Arrays;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;

/**
 * Where the variables of a split function with a driver live between its chunks. A few fit into
 * fields that the context has for that, which are read before anything else can run. More are
 * fields of one class per function, and if there are very many, the rest shares an array; such a
 * frame is made where the beginning is left.
 */
public final class FrameLayout {
  private static final int MOST_FIELDS = 2_000;

  /** As many fields the context has of each type. */
  private static final int MOST_IN_CONTEXT = 8;

  /** The class that has the fields. */
  public final String className;

  private final char[] types;

  /** By variable: the name of its field, or null. */
  private final String[] names;

  /** By variable that has no field: its place in the array, or -1. */
  private final int[] places;

  private int fields;
  private int elements;

  public FrameLayout(ChunkPlan plan, String frameName) {
    FunctionIr function = plan.function();
    types = function.variables();
    names = new String[types.length];
    places = new int[types.length];
    Arrays.fill(places, -1);
    if (plan.passing() == Passing.CONTEXT) {
      className = ClassNames.CONTEXT;
      int[] count = new int[128];
      for (int variable : plan.heldBetween(0, function.blocks().size())) {
        char type = types[variable];
        names[variable] = "passed" + type + count[type]++;
      }
      return;
    }
    className = frameName;
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
      if (plan.function().form().isCapturing() && block.afterCut() != null) {
        addAll(chunk, chunk.storedAtCut(block));
      }
      for (Block target : block.targets) {
        if (!chunk.staysInside(block, target)) {
          addAll(chunk, chunk.storedBetween(b, target));
        }
      }
    }
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
      if (isObject(types[variable]) || fields < MOST_FIELDS) {
        names[variable] = "v" + variable;
        fields++;
      } else {
        places[variable] = elements++;
      }
    }
  }

  /** Whether a type has no raw bits. */
  private static boolean isObject(char type) {
    return type == 'A' || type == 'E';
  }

  /** Whether the context has fields enough for variables. */
  static boolean fitsContext(FunctionIr function, int[] variables) {
    int[] count = new int[128];
    for (int variable : variables) {
      char type = function.variables()[variable];
      if (isObject(type) || ++count[type] > MOST_IN_CONTEXT) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is an object for each call, not only fields of the context. */
  public boolean isObject() {
    return !className.equals(ClassNames.CONTEXT);
  }

  /** The types of the variables. */
  public char[] types() {
    return types;
  }

  /** The name of a variable's field, or null. */
  public String field(int variable) {
    return names[variable];
  }

  /** The place in the array of a variable that has no field. */
  public int place(int variable) {
    return places[variable];
  }

  /** The length of the array; 0 if there is none. */
  public int elements() {
    return elements;
  }
}
