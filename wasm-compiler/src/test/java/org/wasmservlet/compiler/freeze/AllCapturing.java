package org.wasmservlet.compiler.freeze;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.util.BitSet;
import java.util.function.Function;
import org.wasmservlet.compiler.load.CapturingCode;
import org.wasmservlet.compiler.load.CodeParts;
import org.wasmservlet.compiler.load.GeneratedCode;
import org.wasmservlet.compiler.load.InstanceParts;
import org.wasmservlet.compiler.pipeline.FormCompiler;
import org.wasmservlet.compiler.runtime.Context;

/** Instances all of whose functions could be frozen at any call, but for those with tail calls. */
public final class AllCapturing {
  private AllCapturing() {}

  /**
   * A builder of one.
   *
   * @param parts of the module's ordinary code
   * @param compiler of its forms
   * @param machines makes the machine of a context
   */
  public static Instance.Builder builder(
      CodeParts parts, FormCompiler compiler, Function<Context, Machine> machines) throws Refusal {
    int imported = parts.index().importedFunctions();
    BitSet functions = new BitSet();
    functions.set(imported, imported + parts.index().packs().length);
    functions.andNot(parts.index().tailCalling());
    functions.andNot(parts.index().catching());
    GeneratedCode code = new GeneratedCode(parts.index(), parts.classes());
    CapturingCode capturing =
        new FormRegistry(code, parts.index()).capturing(functions, compiler).code();
    return new InstanceParts(
            capturing::newContext, parts.images(), bytes -> true, bytes -> {}, machines)
        .builder();
  }
}
