package org.wasmservlet.core;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How a run of a guest ended. Immutable. */
public sealed interface Outcome {

  /** The entry point returned, or the guest called {@code proc_exit(0)}. */
  record Success() implements Outcome {}

  /**
   * The guest called {@code proc_exit} with a code other than 0.
   *
   * @param code the guest's exit code, as an unsigned 32-bit number's bits
   */
  record Exit(int code) implements Outcome {}

  /**
   * The guest trapped (WebAssembly core specification, section 4.2.2).
   *
   * @param message what the trap was, for example {@code integer divide by zero}
   * @param backtrace the WebAssembly functions on the stack, innermost first, by their names in the
   *     module's name section where it has them; empty where the engine kept no stack
   * @param cause the engine's exception
   */
  record Trap(String message, List<String> backtrace, Throwable cause) implements Outcome {
    /**
     * Copies the backtrace.
     *
     * @param message what the trap was
     * @param backtrace the functions on the stack
     * @param cause the engine's exception
     */
    public Trap {
      backtrace = List.copyOf(backtrace);
    }
  }

  /**
   * The stream behind the guest's standard input or output failed and the guest was stopped there.
   *
   * @param stream which of the two
   * @param cause what the stream threw
   */
  record StreamFailed(StandardStream stream, IOException cause) implements Outcome {}

  /**
   * The thread was interrupted and the guest was stopped; the thread's interrupt flag is set again.
   */
  record Interrupted() implements Outcome {}

  /**
   * The guest took longer than it may and was stopped.
   *
   * @param limit how long it was allowed to take
   */
  record TimedOut(Duration limit) implements Outcome {}

  /**
   * The guest wrote more to its standard output than it may and was stopped; what is within the
   * limit has gone out.
   *
   * @param limit bytes
   */
  record OutputExceeded(long limit) implements Outcome {}

  /**
   * Other guests have the memory that this one needed: it did not begin, or it failed after it had
   * asked for more.
   *
   * @param budget bytes that all guests may have together
   * @param failure how it failed; null if it did not begin
   */
  record Refused(long budget, Outcome failure) implements Outcome {
    /**
     * Of a guest that did not begin.
     *
     * @param budget bytes that all guests may have together
     */
    public Refused(long budget) {
      this(budget, null);
    }
  }

  /**
   * The host failed the guest: a fault of the engine or of this library, or memory ran out.
   *
   * @param cause what was thrown
   */
  record HostFailed(Throwable cause) implements Outcome {}
}
