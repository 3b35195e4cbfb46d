package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/** A function type as the JVM sees it. */
public final class Signature {
  /** The JVM allows 255 slots, of which an instance method and the context take two. */
  private static final int MOST_SLOTS = 250;

  public final int number;
  public final FunctionType type;

  /** Parameter types: I, J, F, D. */
  public final String params;

  /** Result types. */
  public final String results;

  /** Whether the arguments go in a long[]. */
  public final boolean array;

  /** The method descriptor, the context first. */
  public final String descriptor;

  public Signature(int number, FunctionType type) {
    this.number = number;
    this.type = type;
    this.params = chars(type.params());
    this.results = chars(type.returns());
    int slots = 0;
    for (char c : params.toCharArray()) {
      slots += c == 'J' || c == 'D' ? 2 : 1;
    }
    this.array = slots > MOST_SLOTS;
    String result = resultType() == 'A' ? "[J" : String.valueOf(resultType());
    this.descriptor = "(L" + ClassNames.CONTEXT + ";" + (array ? "[J" : params) + ")" + result;
  }

  /** V for none, A for several. */
  public char resultType() {
    return results.isEmpty() ? 'V' : results.length() == 1 ? results.charAt(0) : 'A';
  }

  private static String chars(List<ValType> types) {
    StringBuilder b = new StringBuilder(types.size());
    for (ValType type : types) {
      b.append(jvmType(type));
    }
    return b.toString();
  }

  public static char jvmType(ValType type) {
    switch (type.opcode()) {
      case ValType.ID.I32:
        return 'I';
      case ValType.ID.I64:
        return 'J';
      case ValType.ID.F32:
        return 'F';
      case ValType.ID.F64:
        return 'D';
      case ValType.ID.V128:
        throw new NotCompiledException("SIMD");
      case ValType.ID.RefNull:
        if (type.equals(ValType.FuncRef) || type.equals(ValType.ExternRef)) {
          // Chicory's references are numbers.
          return 'I';
        }
        throw new NotCompiledException("typed references or garbage collection");
      case ValType.ID.ExnRef:
        throw new NotCompiledException("exception handling");
      default:
        throw new NotCompiledException("typed references or garbage collection");
    }
  }
}
