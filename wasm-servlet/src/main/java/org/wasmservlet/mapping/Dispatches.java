package org.wasmservlet.mapping;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;

/**
 * Puts a filter before forwards, asynchronous dispatches and error pages as well. A program's local
 * redirect, a welcome file, a servlet's dispatch or an error page could otherwise lead to a program
 * behind the filter's back, and the container would show its source.
 */
public final class Dispatches {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private Dispatches() {}

  /** To be called before the filter serves requests. */
  public static void guard(RouteOwner filter) {
    FilterRegistration registration = filter.context().getFilterRegistration(filter.name());
    if (registration == null) {
      return;
    }
    try {
      registration.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR),
          true,
          registration.getUrlPatternMappings().toArray(String[]::new));
    } catch (IllegalStateException e) {
      LOGGER.log(
          Level.WARNING,
          "{0}: this container does not let it add its dispatchers;"
              + " map it for REQUEST, FORWARD, ASYNC and ERROR",
          filter);
    }
  }
}
