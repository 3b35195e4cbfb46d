package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.GlobalFactory;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.List;
import org.wasmservlet.compiler.freeze.StackFreezer;
import org.wasmservlet.compiler.runtime.FrozenStack;
import org.wasmservlet.compiler.runtime.Images;

/**
 * A program in a call of a host function: its memory, globals, tables and segments, and the
 * functions on its stack. It goes on from there any number of times, on any number of threads at
 * once, each time in an instance of its own that nobody else sees. Immutable.
 */
public final class FrozenInstance {
  private final CompiledCode code;
  private final StackFreezer.Frozen frozen;
  private final Images images;
  private final long[] globals;
  private final FrozenStack stack;

  FrozenInstance(CompiledCode code, StackFreezer.Frozen frozen) {
    this.code = code;
    this.frozen = frozen;
    this.images = frozen.images();
    this.globals = frozen.state().globals();
    this.stack = frozen.stack();
  }

  /**
   * A builder of instances that are what the frozen one was, for {@link #resume}. It has the module
   * and all factories, and starts nothing; imports are the caller's to add, and a factory must not
   * be replaced. For one instance. Its machine is a {@link CompiledMachine}; closing it passes the
   * memory on to the next.
   *
   * @param limiter asked for what memories and tables take, as large as they were
   * @return a new builder
   */
  public Instance.Builder builder(MemoryLimiter limiter) {
    return continued(CompiledCode.builder(code::newContext, images, limiter));
  }

  /** Makes a builder of instances with these images one of instances that are what this one was. */
  Instance.Builder continued(Instance.Builder builder) {
    return builder.withGlobalFactory(globals()).withStart(false);
  }

  CompiledCode code() {
    return code;
  }

  StackFreezer.Frozen frozen() {
    return frozen;
  }

  /** Gives the globals their frozen values, one after the other, however often Chicory asks. */
  private GlobalFactory globals() {
    int[] next = new int[1];
    return (low, high, type, mutability) -> {
      int at = next[0];
      next[0] = (at + 2) % globals.length;
      return new GlobalInstance(globals[at], globals[at + 1], type, mutability);
    };
  }

  /**
   * Goes on: the host function in which the program was frozen is called again, with the same
   * arguments, and what it returns is given to the innermost function. Traps and exceptions have
   * all functions in their stack traces, as if they had never been frozen. Once for an instance.
   *
   * @param instance made by a builder of this
   * @return the results of the outermost function, which was called from outside, as raw bits
   * @throws com.dylibso.chicory.wasm.ChicoryException for every trap, in Chicory's words
   * @throws com.dylibso.chicory.runtime.ChicoryInterruptedException if the thread or the instance
   *     was interrupted
   * @throws IllegalArgumentException if it is an instance of something else
   * @throws IllegalStateException if it has been resumed before
   */
  public long[] resume(Instance instance) {
    if (instance.module() != images.module()
        || !(instance.getMachine() instanceof CompiledMachine machine)) {
      throw new IllegalArgumentException("not an instance of this frozen one");
    }
    return machine.resume(stack);
  }

  /**
   * What {@link #builder} makes instances from.
   *
   * @return without code, for its imports
   */
  public WasmModule module() {
    return images.module();
  }

  /**
   * The functions that were on the stack.
   *
   * @return their indices, the innermost first
   */
  public List<Integer> functions() {
    return stack.frames().stream().map(frame -> frame.activation().function()).toList();
  }

  /**
   * What it keeps in the heap besides the code, about: its memory as far as it is not zeros.
   *
   * @return bytes
   */
  public long bytes() {
    return images.memory() == null ? 0 : images.memory().bytes();
  }
}
