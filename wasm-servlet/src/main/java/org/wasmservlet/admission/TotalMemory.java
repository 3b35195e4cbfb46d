package org.wasmservlet.admission;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.mapping.RouteOwner;

/**
 * How much memory all guests together may have: a context-param, for it is about no single servlet.
 */
public final class TotalMemory {
  /** The context-param. */
  public static final String PARAMETER = "wasmMemoryBudget";

  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private TotalMemory() {}

  /**
   * Sets it where the web application says something about it.
   *
   * @throws DirectiveException if what it says is no size
   */
  public static void configure(RouteOwner owner) throws DirectiveException {
    String value = owner.contextParam(PARAMETER);
    if (value == null) {
      return;
    }
    try {
      long bytes = Directives.parseBytes(value);
      if (bytes != MemoryBudget.shared().limit()) {
        MemoryBudget.shared().limit(bytes);
        LOGGER.log(Level.INFO, "all guests together may have {0} of memory", value.strip());
      }
    } catch (IllegalArgumentException e) {
      throw new DirectiveException(PARAMETER, value.strip(), e.getMessage());
    }
  }
}
