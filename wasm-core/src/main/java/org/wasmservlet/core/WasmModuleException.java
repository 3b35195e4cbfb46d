package org.wasmservlet.core;

import java.io.IOException;

/**
 * A file cannot be used as a module: it is missing, unreadable, no WebAssembly module, a component,
 * invalid, or needs imports that are not provided. The message names the file and the cause.
 */
public final class WasmModuleException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong with which file
   * @param cause the underlying failure, or null
   */
  public WasmModuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
