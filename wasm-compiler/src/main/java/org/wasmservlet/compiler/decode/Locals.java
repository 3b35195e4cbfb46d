package org.wasmservlet.compiler.decode;

import org.wasmservlet.compiler.ir.ValueTypes;

/** The locals of a function, its parameters first: a vector is two variables. */
final class Locals {
  private final byte[] types;
  private final int[] variables;

  Locals(byte[] params, byte[] locals) {
    types = new byte[params.length + locals.length];
    System.arraycopy(params, 0, types, 0, params.length);
    System.arraycopy(locals, 0, types, params.length, locals.length);
    variables = new int[types.length];
    int variable = 0;
    for (int local = 0; local < types.length; local++) {
      variables[local] = variable;
      variable += isVector(local) ? 2 : 1;
    }
  }

  int count() {
    return types.length;
  }

  byte type(int local) {
    return types[local];
  }

  boolean isVector(int local) {
    return types[local] == ValueTypes.V128;
  }

  /** Its variable; of a vector, the one of the low half, which that of the high half follows. */
  int variable(int local) {
    return variables[local];
  }
}
