package org.wasmservlet.freeze;

import java.util.Locale;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/**
 * Where a route's program is to be frozen, and what becomes of requests while it is not.
 *
 * @param at where
 * @param before where it is frozen on the way there, so that less is done again when a file changes
 *     that it looks at later; or null
 * @param refusesCold whether they are refused, and not served by a program that begins anew
 * @param keeps whether what is frozen outlives the server
 */
public record FreezePlan(FreezeAt at, FreezeAt before, boolean refusesCold, boolean keeps) {
  /**
   * Reads the directives.
   *
   * @param directives of the route
   * @param before where the program is frozen on the way; or null
   * @return null if its program is not to be frozen
   * @throws DirectiveException if one is wrong, or makes no sense with another
   */
  public static FreezePlan of(Directives directives, FreezeAt before) throws DirectiveException {
    boolean refusesCold = refusesCold(directives);
    boolean keeps = directives.isOn(Directive.FREEZE_KEEP);
    String value = directives.value(Directive.FREEZE);
    switch (value.toLowerCase(Locale.ROOT)) {
      case "off":
        if (!directives.words(Directive.UNFROZEN).isEmpty()) {
          throw saysNothing(directives, Directive.UNFROZEN);
        }
        if (keeps) {
          throw saysNothing(directives, Directive.FREEZE_KEEP);
        }
        return null;
      case "stdin":
        requireGateway(directives, value, "scgi", "read their request from standard input");
        return new FreezePlan(FreezeAt.stdin(), before, refusesCold, keeps);
      case "accept":
        requireGateway(directives, value, "fastcgi", "accept a connection for it");
        return new FreezePlan(FreezeAt.accept(), before, refusesCold, keeps);
      default:
        throw wrong(value, "must be Off, stdin or accept");
    }
  }

  private static DirectiveException saysNothing(Directives directives, Directive directive) {
    return new DirectiveException(
        directive.parameter(),
        directives.value(directive),
        "says nothing without " + Directive.FREEZE.parameter());
  }

  private static boolean refusesCold(Directives directives) throws DirectiveException {
    String value = directives.value(Directive.UNFROZEN);
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "run" -> false;
      case "refuse" -> true;
      default ->
          throw new DirectiveException(
              Directive.UNFROZEN.parameter(), value, "must be Run or Refuse");
    };
  }

  /** A program that knows its request before it asks would answer the same one for ever. */
  private static void requireGateway(
      Directives directives, String value, String gateway, String how) throws DirectiveException {
    if (!directives.isOn(Directive.ENABLE_CGI)
        || !directives.value(Directive.GATEWAY).equalsIgnoreCase(gateway)) {
      throw wrong(
          value,
          "needs "
              + Directive.ENABLE_CGI.parameter()
              + " On and "
              + Directive.GATEWAY.parameter()
              + " "
              + gateway
              + ", whose programs "
              + how);
    }
  }

  private static DirectiveException wrong(String value, String reason) {
    return new DirectiveException(Directive.FREEZE.parameter(), value, reason);
  }
}
