package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.ChicoryException;

/** Traps in Chicory's words. */
public final class Traps {
  private Traps() {}

  /**
   * The instruction {@code unreachable} was reached.
   *
   * @return never
   */
  public static RuntimeException unreachable() {
    throw new TrapException("Trapped on unreachable instruction");
  }

  static RuntimeException outOfBounds() {
    return new WasmRuntimeException("out of bounds memory access");
  }

  static RuntimeException tableOutOfBounds() {
    return new WasmRuntimeException("out of bounds table access");
  }

  static RuntimeException typeMismatch() {
    return new ChicoryException("indirect call type mismatch");
  }

  static RuntimeException divideByZero() {
    return new WasmRuntimeException("integer divide by zero");
  }

  static RuntimeException overflow() {
    return new WasmRuntimeException("integer overflow");
  }

  static RuntimeException invalidConversion() {
    return new WasmRuntimeException("invalid conversion to integer");
  }

  /**
   * Turns what came out of compiled code into what a caller of Chicory expects. Compiled code
   * itself checks nothing that the JVM checks anyway.
   */
  static RuntimeException convert(Throwable thrown) {
    if (thrown instanceof HostFailure failure) {
      return (RuntimeException) failure.getCause();
    }
    if (thrown instanceof IndexOutOfBoundsException) {
      return new WasmRuntimeException("out of bounds memory access", thrown);
    }
    if (thrown instanceof ClassCastException) {
      return new ChicoryException("indirect call type mismatch", thrown);
    }
    if (thrown instanceof ArithmeticException) {
      return new WasmRuntimeException("integer divide by zero", thrown);
    }
    if (thrown instanceof StackOverflowError) {
      return new ChicoryException("call stack exhausted", thrown);
    }
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    throw (Error) thrown;
  }
}
