package org.wasmservlet.core;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExecutionCompletedException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import java.io.IOException;
import org.wasmservlet.core.module.Backtrace;
import org.wasmservlet.core.module.FunctionNames;
import org.wasmservlet.core.wasi.GuestExit;
import org.wasmservlet.core.wasi.GuestInterrupted;
import org.wasmservlet.core.wasi.StreamFailure;

/** Tells from what was thrown how a guest ended. The engine throws a zoo; this is its keeper. */
final class GuestFailure {
  private GuestFailure() {}

  static Outcome classify(Throwable thrown, FunctionNames names) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof GuestExit exit) {
        return exit.code() == 0 ? new Outcome.Success() : new Outcome.Exit(exit.code());
      }
      if (t instanceof RunMemory.NoRoomException noRoom) {
        return new Outcome.Refused(noRoom.budget());
      }
      if (t instanceof ExecutionCompletedException) {
        return new Outcome.Success();
      }
      if (t instanceof StreamFailure failure) {
        StandardStream stream =
            failure.descriptor() == StreamFailure.STDIN
                ? StandardStream.STDIN
                : StandardStream.STDOUT;
        return failure.failure() instanceof IOException io
            ? new Outcome.StreamFailed(stream, io)
            : new Outcome.HostFailed(failure.failure());
      }
      if (t instanceof GuestInterrupted
          || t instanceof ChicoryInterruptedException
          || t instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new Outcome.Interrupted();
      }
    }
    if (thrown instanceof StackOverflowError) {
      return new Outcome.Trap("call stack exhausted", Backtrace.of(thrown, names), thrown);
    }
    if (thrown instanceof WasmException exception) {
      String tag = names.describeTag(exception.instance().module(), exception.tagIdx());
      return new Outcome.Trap(
          "an exception that nothing catches: " + tag, Backtrace.of(thrown, names), thrown);
    }
    if (thrown instanceof ChicoryException) {
      return new Outcome.Trap(
          String.valueOf(thrown.getMessage()), Backtrace.of(deepest(thrown), names), thrown);
    }
    return new Outcome.HostFailed(thrown);
  }

  /** The first exception has the innermost frames: outer ones were thrown further out. */
  private static Throwable deepest(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }
}
