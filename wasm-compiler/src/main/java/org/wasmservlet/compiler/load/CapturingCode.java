package org.wasmservlet.compiler.load;

import com.dylibso.chicory.runtime.Instance;
import java.util.BitSet;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.runtime.Context;
import org.wasmservlet.compiler.runtime.Entry;
import org.wasmservlet.compiler.runtime.LoadedCode;

/** The code of a module with some functions in their capturing form, beside the ordinary ones. */
public final class CapturingCode extends LoadedCode {
  private final GeneratedCode code;
  private final BitSet functions;
  private final int generation;

  /**
   * Makes it.
   *
   * @param functions those in capturing form
   * @param generation the number of that set, in the names of its classes
   */
  public CapturingCode(GeneratedCode code, CodeIndex index, BitSet functions, int generation) {
    super(index.functionSignatures(), index.types(), index.numbers());
    this.code = code;
    this.functions = functions;
    this.generation = generation;
  }

  /** The number of the set of functions that are in capturing form. */
  public int generation() {
    return generation;
  }

  /** Makes the state of a new instance. */
  public Context newContext(Instance instance) {
    return code.newContext(instance, this);
  }

  @Override
  protected Entry newEntry(int function) {
    return functions.get(function)
        ? (Entry) code.make(ClassNames.capturingEntry(function, generation))
        : code.newEntry(function);
  }

  @Override
  protected Entry newForeignEntry(int signature, Instance instance, int function) {
    return code.newForeignEntry(signature, instance, function);
  }
}
