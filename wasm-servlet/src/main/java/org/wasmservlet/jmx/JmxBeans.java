package org.wasmservlet.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.measure.RouteRegistry;

/**
 * Keeps a bean for each route of a web application and, while there is a route, for the modules and
 * the memory. Nothing of it is there when the last route has gone, so that an undeployed
 * application is not held. Where JMX cannot be used, the log says so once, and requests are served
 * all the same. Called under the registry's lock.
 */
public final class JmxBeans implements RouteRegistry.Observer {
  /** A web application may be there twice under one path, for a while or for good. */
  private static final int INSTANCES_AT_MOST = 100;

  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final Supplier<MBeanServer> server;
  private final Map<RouteMetrics, ObjectName> routes = new IdentityHashMap<>();
  private final List<ObjectName> shared = new ArrayList<>();
  private boolean unusable;

  /** Makes beans in the platform's server. */
  public JmxBeans() {
    this(ManagementFactory::getPlatformMBeanServer);
  }

  JmxBeans(Supplier<MBeanServer> server) {
    this.server = server;
  }

  @Override
  public void added(RouteMetrics route) {
    RouteIdentity identity = route.identity();
    if (routes.isEmpty()) {
      addIfPossible(shared, new ModuleCacheBean(ModuleCache.shared()), "ModuleCache", identity, "");
      addIfPossible(
          shared, new MemoryBudgetBean(MemoryBudget.shared()), "MemoryBudget", identity, "");
    }
    List<ObjectName> added = new ArrayList<>();
    String last = "," + identity.kind() + "=" + ObjectNames.value(identity.name());
    addIfPossible(added, new RouteBean(route), "Route", identity, last);
    routes.put(route, added.isEmpty() ? null : added.get(0));
  }

  @Override
  public void removed(RouteMetrics route) {
    remove(routes.remove(route));
    if (routes.isEmpty()) {
      shared.forEach(this::remove);
      shared.clear();
    }
  }

  private void addIfPossible(
      List<ObjectName> added, Object bean, String type, RouteIdentity identity, String last) {
    if (unusable) {
      return;
    }
    try {
      added.add(add(bean, ObjectNames.of(type, identity) + last));
    } catch (JMException | RuntimeException e) {
      unusable = true;
      LOGGER.log(
          Level.WARNING,
          "JMX cannot be used; {0} ''{1}'' is not shown there: {2}",
          identity.kind(),
          identity.name(),
          e.toString());
    }
  }

  private ObjectName add(Object bean, String name) throws JMException {
    for (int instance = 1; ; instance++) {
      ObjectName attempt = new ObjectName(instance == 1 ? name : name + ",instance=" + instance);
      try {
        server.get().registerMBean(bean, attempt);
        return attempt;
      } catch (InstanceAlreadyExistsException e) {
        if (instance == INSTANCES_AT_MOST) {
          throw e;
        }
      }
    }
  }

  private void remove(ObjectName name) {
    if (name == null) {
      return;
    }
    try {
      server.get().unregisterMBean(name);
    } catch (JMException | RuntimeException e) {
      LOGGER.log(Level.WARNING, "{0} could not be removed from JMX: {1}", name, e.toString());
    }
  }
}
