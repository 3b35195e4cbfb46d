package org.wasmservlet;

import jakarta.servlet.http.HttpServlet;

/** Serves a URL pattern with a WebAssembly program. */
public final class WasmServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Made by the container. */
  public WasmServlet() {}
}
