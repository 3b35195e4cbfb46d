package org.wasmservlet.compiler.ir;

import java.util.Arrays;

/** The variables of a function: locals first, then places of operands as they are needed. */
public final class Variables {
  private static final String TYPES = "IJFDE";
  private static final int TEMPORARIES = 16;

  private final int locals;

  /** By type, those there are, plus 1. */
  private final int[][] temporaries = new int[TYPES.length()][];

  private final int[] turns = new int[TYPES.length()];
  private char[] types;
  private int count;

  /** Place by depth and type; 0 for none, else the variable plus 1. */
  private int[] places = new int[64];

  public Variables(String locals) {
    this.locals = locals.length();
    types = locals.toCharArray();
    count = types.length;
  }

  public int add(char type) {
    if (count == types.length) {
      types = Arrays.copyOf(types, 2 * count + 16);
    }
    types[count] = type;
    return count++;
  }

  /** One of a few variables that take turns; who writes it looks after those that still read it. */
  public int temporary(char type) {
    int kind = TYPES.indexOf(type);
    if (temporaries[kind] == null) {
      temporaries[kind] = new int[TEMPORARIES];
    }
    int turn = turns[kind]++ % TEMPORARIES;
    if (temporaries[kind][turn] == 0) {
      temporaries[kind][turn] = add(type) + 1;
    }
    return temporaries[kind][turn] - 1;
  }

  public int place(int depth, char type) {
    int key = TYPES.length() * depth + TYPES.indexOf(type);
    if (key >= places.length) {
      places = Arrays.copyOf(places, 2 * key);
    }
    if (places[key] == 0) {
      places[key] = add(type) + 1;
    }
    return places[key] - 1;
  }

  public char type(int variable) {
    return types[variable];
  }

  public char[] types() {
    return Arrays.copyOf(types, count);
  }

  /** {@link FunctionIr#keys}. */
  public int[] keys() {
    int[] keys = new int[count];
    Arrays.fill(keys, -1);
    for (int local = 0; local < locals; local++) {
      keys[local] = local;
    }
    for (int place = 0; place < places.length; place++) {
      if (places[place] != 0) {
        keys[places[place] - 1] = locals + place;
      }
    }
    return keys;
  }
}
