package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmException;

/** An exception that compiled code has thrown. */
final class GuestException extends WasmException {
  private static final long serialVersionUID = 1L;

  GuestException(Instance instance, int tag, long[] arguments) {
    super(instance, tag, arguments);
  }

  /** Most are caught: a trace costs far more than the rest. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Takes one all the same. */
  void trace() {
    super.fillInStackTrace();
  }
}
