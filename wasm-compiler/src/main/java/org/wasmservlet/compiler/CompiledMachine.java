package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.Machine;
import org.wasmservlet.compiler.runtime.Calls;
import org.wasmservlet.compiler.runtime.Context;
import org.wasmservlet.compiler.runtime.FrozenStack;

/**
 * The machine of one instance. An instance is for one thread at a time; {@link #interrupt()} is for
 * any thread at any time.
 */
public final class CompiledMachine implements Machine, AutoCloseable {
  private final Context context;
  private boolean resumed;

  CompiledMachine(Context context) {
    this.context = context;
  }

  /**
   * Calls a function.
   *
   * @param funcId its index
   * @param args the arguments as raw bits
   * @return the results as raw bits
   * @throws com.dylibso.chicory.wasm.ChicoryException for every trap, in Chicory's words
   * @throws com.dylibso.chicory.runtime.ChicoryInterruptedException if the thread or the instance
   *     was interrupted
   */
  @Override
  public long[] call(int funcId, long[] args) {
    return Calls.enter(context, funcId, args);
  }

  /** Goes on where a program was frozen that this instance is a copy of. */
  long[] resume(FrozenStack stack) {
    if (resumed) {
      throw new IllegalStateException("the instance has been resumed");
    }
    resumed = true;
    return stack.resume(context);
  }

  /**
   * Ends the instance: its memory is brought back to what the module begins with, and is the next
   * instance's. Whatever touches the memory from now on finds that it has no bytes. Not needed: the
   * memory of an instance that is forgotten is collected. To be called while nothing of the
   * instance runs, and by its thread. An imported memory is not touched.
   */
  @Override
  public void close() {
    context.close();
  }

  /**
   * Stops what this instance runs, and all that it is asked to run from now on: at its next call or
   * loop iteration it throws a {@link com.dylibso.chicory.runtime.ChicoryInterruptedException}. A
   * host function that it waits for is not touched.
   */
  public void interrupt() {
    context.stop();
  }

  /**
   * Has the thread that runs this instance do something at its next call or loop iteration, and
   * then go on. It is done once, however often it is asked for before that, and not at all where
   * the instance is interrupted or ends first.
   *
   * @param work called in the middle of compiled code: what it throws ends the call, and it must
   *     not touch the instance
   */
  public void pause(Runnable work) {
    context.pause(work);
  }
}
