package org.wasmservlet.program;

import java.util.Locale;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/** When a route's module is loaded. */
public enum Preload {
  /** Before the container goes on. */
  ON,
  /** From the first request on. */
  OFF,
  /** While the container goes on. */
  BACKGROUND;

  /**
   * Reads the directive.
   *
   * @param directives of the route
   * @return when its module is loaded
   * @throws DirectiveException if it is none of the three
   */
  public static Preload of(Directives directives) throws DirectiveException {
    String value = directives.value(Directive.PRELOAD);
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on" -> ON;
      case "off" -> OFF;
      case "background" -> BACKGROUND;
      default ->
          throw new DirectiveException(
              Directive.PRELOAD.parameter(), value, "must be On, Off or Background");
    };
  }
}
