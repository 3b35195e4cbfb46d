package org.wasmservlet.boot.route;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Set;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.context.ServletContextAware;
import org.wasmservlet.boot.properties.PropertyFault;
import org.wasmservlet.boot.properties.RouteFaults;
import org.wasmservlet.boot.properties.UnusablePropertyException;
import org.wasmservlet.route.UnusableConfigurationException;

/** Fails the application when its container has started without one of the routes. */
final class StartCheck implements SmartLifecycle, ServletContextAware {
  private final Set<String> routes;
  private final RouteFaults faults;

  /** Set by Spring before the start. */
  private ServletContext context;

  private volatile boolean isRunning;

  /**
   * Makes a check.
   *
   * @param routes names of those that properties describe
   * @param faults of them
   */
  StartCheck(Set<String> routes, RouteFaults faults) {
    this.routes = Set.copyOf(routes);
    this.faults = faults;
  }

  @Override
  public void setServletContext(ServletContext servletContext) {
    this.context = servletContext;
  }

  /** Called after the embedded container has been started; elsewhere, before it initialises any. */
  @Override
  public void start() {
    List<StartFailures.Failure> failures = StartFailures.of(context).take();
    if (!failures.isEmpty()) {
      throw new UnusablePropertyException(failures.stream().map(this::fault).toList());
    }
    isRunning = true;
  }

  private PropertyFault fault(StartFailures.Failure failure) {
    return routes.contains(failure.name())
            && failure.cause() instanceof UnusableConfigurationException unusable
        ? faults.of(failure.name(), unusable.fault())
        : new PropertyFault(null, null, null, failure.cause().getMessage());
  }

  @Override
  public void stop() {
    isRunning = false;
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
