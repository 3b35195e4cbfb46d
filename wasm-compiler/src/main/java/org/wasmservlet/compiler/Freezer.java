package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.wasmservlet.compiler.freeze.FrozenForm;
import org.wasmservlet.compiler.freeze.Refusal;
import org.wasmservlet.compiler.freeze.StackFreezer;
import org.wasmservlet.compiler.pipeline.FormCompiler;
import org.wasmservlet.compiler.prepared.Variant;
import org.wasmservlet.compiler.runtime.Freezing;
import org.wasmservlet.compiler.runtime.Images;

/**
 * Runs a program up to a call of a host function, and freezes it there: what it has done until then
 * is done once for all that go on from there. The program's ordinary code stays as it is.
 * Immutable, safe for use by several threads.
 *
 * <p>Cannot be frozen: functions that make tail calls, while they are on the stack; a stack with a
 * host function in its middle, or with functions of another instance; modules that import a memory,
 * a table, or a global that changes.
 */
public final class Freezer {
  private final CompiledCode code;
  private final byte[] binary;
  private final FormCompiler compiler;
  private final Optional<byte[]> variant;

  Freezer(CompiledCode code, byte[] binary, FormCompiler compiler, Optional<byte[]> variant) {
    this.code = code;
    this.binary = binary;
    this.compiler = compiler;
    this.variant = variant;
  }

  /**
   * Runs the program from its beginning.
   *
   * @param <X> what it may throw
   */
  public interface Run<X extends Exception> {
    /**
     * Makes an instance and calls it. One of its host functions throws what {@link
     * FreezePoint#freeze()} gives. Called several times, each time for a new instance, and does the
     * same each time: so nothing may be left of the run before.
     *
     * @param builder as that of {@link CompiledCode#builder(MemoryLimiter)}, for one instance
     * @param point for this run
     * @throws X if the program cannot run
     */
    void run(Instance.Builder builder, FreezePoint point) throws X;
  }

  /**
   * Freezes the program.
   *
   * @param limiter asked for what memories and tables of the runs take
   * @param run called at least once, on this thread, and at most four times
   * @param <X> what it may throw
   * @return what it is then, of use as long as the code is
   * @throws NotFrozenException if it cannot be frozen, or ends before it is to be
   * @throws X what the run throws
   */
  public <X extends Exception> FrozenInstance freeze(MemoryLimiter limiter, Run<X> run)
      throws NotFrozenException, X {
    return freeze(null, code.parts().images(), limiter, run);
  }

  /**
   * Freezes the program further on: each run goes on from where it was frozen before, and not from
   * its beginning. What is frozen then does not need what it came from.
   *
   * @param from of the same code as this
   * @param limiter asked for what memories and tables of the runs take
   * @param run called at least once, on this thread, and at most four times; the instance that it
   *     makes is not called, but {@linkplain FreezePoint#resume goes on}
   * @param <X> what it may throw
   * @return what it is then, of use as long as the code is
   * @throws NotFrozenException if it cannot be frozen, or ends before it is to be
   * @throws IllegalArgumentException if it is of other code
   * @throws X what the run throws
   */
  public <X extends Exception> FrozenInstance freezeAgain(
      FrozenInstance from, MemoryLimiter limiter, Run<X> run) throws NotFrozenException, X {
    requireOwn(from);
    return freeze(from, from.frozen().images(), limiter, run);
  }

  private <X extends Exception> FrozenInstance freeze(
      FrozenInstance from, Images begun, MemoryLimiter limiter, Run<X> run)
      throws NotFrozenException, X {
    StackFreezer freezer =
        new StackFreezer(
            code.forms(),
            compiler,
            code.module(),
            this::describe,
            from == null ? null : from.frozen().stack());
    try {
      while (true) {
        StackFreezer.Frozen frozen =
            freezer.frozen(thrown(freezer.next(), from, begun, limiter, run));
        if (frozen != null) {
          return new FrozenInstance(code, frozen);
        }
      }
    } catch (Refusal e) {
      throw new NotFrozenException("the program cannot be frozen: " + e.getMessage());
    }
  }

  private <X extends Exception> Freezing thrown(
      StackFreezer.Attempt attempt,
      FrozenInstance from,
      Images begun,
      MemoryLimiter limiter,
      Run<X> run)
      throws NotFrozenException, X {
    // Tables have this view's functions in them, and not those of the ordinary code.
    Images images = new Images(begun.module(), begun.memory(), begun.tables());
    Instance.Builder builder = CompiledCode.builder(attempt.code()::newContext, images, limiter);
    FreezePoint point = new FreezePoint(attempt.stack());
    try {
      run.run(from == null ? builder : from.continued(builder), point);
    } catch (Freezing e) {
      if (e != point.thrown()) {
        throw e;
      }
    }
    if (point.thrown() == null) {
      throw new NotFrozenException("the program ended before it was to be frozen");
    }
    return point.thrown();
  }

  /**
   * Writes what {@link WasmCompiler#readFrozen} reads: all that the program has in memory, secrets
   * too, and code that goes on with it. It must be kept where only this process's owner may read
   * and write.
   *
   * @param frozen of the same code as this
   * @param target written to, flushed and not closed
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if it is of other code
   * @throws IllegalStateException if there is no {@linkplain WasmCompiler#frozenName name} for it
   */
  public void write(FrozenInstance frozen, OutputStream target) throws IOException {
    requireOwn(frozen);
    FrozenForm.write(
        variant.orElseThrow(() -> new IllegalStateException("an unknown build")),
        Variant.sha256(binary),
        frozen.frozen(),
        code.forms(),
        compiler,
        target);
  }

  private void requireOwn(FrozenInstance frozen) {
    if (frozen.code() != code) {
      throw new IllegalArgumentException("frozen with other code");
    }
  }

  FormCompiler compiler() {
    return compiler;
  }

  private String describe(int function) {
    NameCustomSection names = compiler.names();
    String name = names == null ? null : names.nameOfFunction(function);
    return "function " + function + (name == null ? "" : " (" + name + ")");
  }
}
