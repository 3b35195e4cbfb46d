package org.wasmservlet.core.module;

import java.io.IOException;
import java.util.Optional;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.Freezer;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.compiler.StoredBytes;
import org.wasmservlet.compiler.WasmCompiler;

/** What freezes programs of one module, and reads those that were kept. Immutable. */
public final class ModuleFreezing {
  private final WasmCompiler compiler;
  private final CompiledCode code;
  private final Original original;

  /**
   * Makes it.
   *
   * @param compiler with the options that the code was compiled with
   * @param original the files that have the module
   */
  ModuleFreezing(WasmCompiler compiler, CompiledCode code, Original original) {
    this.compiler = compiler;
    this.code = code;
    this.original = original;
  }

  /**
   * What freezes the module's programs. It holds the whole file, which is read once more: not to be
   * kept.
   *
   * @return a new one
   * @throws IOException if no file has the module any longer
   */
  public Freezer freezer() throws IOException {
    return compiler.freezer(code, original.read());
  }

  /**
   * Counts the functions that cannot be on the stack where a program is frozen.
   *
   * @return those that make tail calls, and those that catch exceptions
   */
  public int unfreezableFunctions() {
    return code.unfreezableFunctions();
  }

  /**
   * What a program of it is called when it is kept.
   *
   * @param configuration a digest of what it depends on besides the module
   * @return a file's name; empty if this build of the compiler keeps nothing
   */
  public Optional<String> name(byte[] configuration) {
    return compiler.frozenName(original.digest(), configuration);
  }

  /**
   * Reads a program that was kept.
   *
   * @param stored what a freezer wrote
   * @return empty if it is damaged, or not of this module and this build
   */
  public Optional<FrozenInstance> read(StoredBytes stored) {
    return compiler.readFrozen(code, stored, original.digest());
  }
}
