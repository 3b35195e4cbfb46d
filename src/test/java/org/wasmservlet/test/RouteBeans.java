package org.wasmservlet.test;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.WebApp;

/** What JMX tells of a web application. */
final class RouteBeans {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final String contextPath;

  RouteBeans(WebApp.Deployed app) {
    this.contextPath = app.contextPath();
  }

  /** All beans of the application. */
  Set<ObjectName> names() throws JMException {
    return server.queryNames(new ObjectName("org.wasmservlet:context=" + contextPath + ",*"), null);
  }

  long route(String servlet, String attribute) throws JMException {
    return value("type=Route,servlet=" + servlet, attribute);
  }

  /** A request is counted after its response has gone out. */
  void awaitRoute(String servlet, String attribute, long wanted) throws Exception {
    Polling.await(
        PATIENCE,
        attribute + " of " + servlet + " is " + wanted,
        () -> route(servlet, attribute) == wanted);
  }

  String text(String servlet, String attribute) throws JMException {
    return (String) attribute("type=Route,servlet=" + servlet, attribute);
  }

  /** The same on every container that the application is deployed on. */
  List<Object> texts(String servlet, String attribute) throws JMException {
    List<Object> texts = new ArrayList<>();
    for (ObjectName name : named("type=Route,servlet=" + servlet)) {
      texts.add(server.getAttribute(name, attribute));
    }
    return texts;
  }

  private Set<ObjectName> named(String properties) throws JMException {
    return server.queryNames(
        new ObjectName("org.wasmservlet:" + properties + ",context=" + contextPath + ",*"), null);
  }

  long value(String properties, String attribute) throws JMException {
    return ((Number) attribute(properties, attribute)).longValue();
  }

  private Object attribute(String properties, String attribute) throws JMException {
    Set<ObjectName> names = named(properties);
    if (names.size() != 1) {
      throw new AssertionError(properties + " is " + names);
    }
    return server.getAttribute(names.iterator().next(), attribute);
  }
}
