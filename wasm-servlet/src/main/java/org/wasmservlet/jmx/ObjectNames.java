package org.wasmservlet.jmx;

import javax.management.MalformedObjectNameException;
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

  /** A pattern for the beans of every route. */
  static ObjectName allRoutes() throws MalformedObjectNameException {
    return new ObjectName(DOMAIN + ":type=Route,*");
  }

  /** A value of a name as it was before it was quoted. */
  static String text(ObjectName name, String key) {
    String value = String.valueOf(name.getKeyProperty(key));
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
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
