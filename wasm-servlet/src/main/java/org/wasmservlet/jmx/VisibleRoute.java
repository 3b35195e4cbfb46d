package org.wasmservlet.jmx;

import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.metrics.RouteMXBean;

/**
 * A route as JMX shows it.
 *
 * @param host the container's name for the virtual host
 * @param contextPath of its web application; empty for the root
 * @param kind {@code servlet} or {@code filter}
 * @param name the servlet's or filter's
 * @param bean what it does; one of another web application may vanish while it is read, and then
 *     throws some RuntimeException
 */
public record VisibleRoute(
    String host, String contextPath, String kind, String name, RouteMXBean bean) {
  /**
   * A route of this web application, whether JMX can be used or not.
   *
   * @param route which one
   * @return its present state, not a copy
   */
  public static VisibleRoute of(RouteMetrics route) {
    RouteIdentity identity = route.identity();
    return new VisibleRoute(
        identity.host(),
        identity.contextPath(),
        identity.kind(),
        identity.name(),
        new RouteBean(route));
  }
}
