package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.FunctionType;

/** A function type as the JVM sees it. */
public final class Signature {
  /** The JVM allows 255 slots, of which an instance method and the context take two. */
  private static final int MOST_SLOTS = 250;

  public final int number;
  public final FunctionType type;

  /** What it takes and gives. */
  public final BlockType block;

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
    this.block = BlockType.of(ValueTypes.of(type.params()), ValueTypes.of(type.returns()));
    if (block.hasExceptions()) {
      throw new NotCompiledException(Features.EXCEPTIONS);
    }
    this.params = block.jvmParams();
    this.results = block.jvmResults();
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
}
