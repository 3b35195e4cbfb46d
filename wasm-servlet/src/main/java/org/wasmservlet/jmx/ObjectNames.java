package org.wasmservlet.jmx;

import javax.management.ObjectName;
import org.wasmservlet.measure.RouteIdentity;

/** What the beans are called. */
final class ObjectNames {
  private static final String DOMAIN = "org.wasmservlet";

  private ObjectNames() {}

  /** The part of the name that all beans of a web application have. */
  static String of(String type, RouteIdentity identity) {
    String context = identity.contextPath().isEmpty() ? "/" : identity.contextPath();
    return DOMAIN
        + ":type="
        + type
        + ",host="
        + value(identity.host())
        + ",context="
        + value(context);
  }

  /** In quotes where JMX wants it so. */
  static String value(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; plain && i < text.length(); i++) {
      plain = ",=:\"*?\n".indexOf(text.charAt(i)) < 0;
    }
    return plain ? text : ObjectName.quote(text);
  }
}
