package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.ChicoryException;

/** A module declares more of something than a module may. The message tells what and where. */
public final class ModuleLimitException extends ChicoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what there is too much of, at which offset, and the limit
   */
  public ModuleLimitException(String message) {
    super(message);
  }
}
