package org.wasmservlet.jmx;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.wasmservlet.metrics.RouteMXBean;

/** The routes of all web applications of the JVM, whichever copy of this library they have. */
public final class JmxRoutes {
  private JmxRoutes() {}

  /**
   * Looks for them.
   *
   * @return in the order of their hosts, paths and names; empty where JMX cannot be used
   */
  public static List<VisibleRoute> all() {
    try {
      return all(ManagementFactory.getPlatformMBeanServer());
    } catch (JMException | SecurityException e) {
      return List.of();
    }
  }

  static List<VisibleRoute> all(MBeanServer server) throws JMException {
    List<VisibleRoute> routes = new ArrayList<>();
    for (ObjectName name : server.queryNames(ObjectNames.allRoutes(), null)) {
      String kind = name.getKeyProperty("servlet") == null ? "filter" : "servlet";
      String context = ObjectNames.text(name, "context");
      routes.add(
          new VisibleRoute(
              ObjectNames.text(name, "host"),
              context.equals("/") ? "" : context,
              kind,
              ObjectNames.text(name, kind),
              JMX.newMXBeanProxy(server, name, RouteMXBean.class)));
    }
    routes.sort(
        Comparator.comparing(VisibleRoute::host)
            .thenComparing(VisibleRoute::contextPath)
            .thenComparing(VisibleRoute::kind, Comparator.reverseOrder())
            .thenComparing(VisibleRoute::name));
    return routes;
  }
}
