package org.wasmservlet.boot.route;

import jakarta.servlet.ServletRegistration;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.wasmservlet.boot.properties.ConfiguredRoute;
import org.wasmservlet.boot.properties.RouteFaults;
import org.wasmservlet.boot.properties.UnusablePropertyException;

/** Registers a route's servlet, for all of its patterns or not at all. */
final class ServletBean extends ServletRegistrationBean<RouteServlet> {
  private final ConfiguredRoute route;
  private final RouteFaults faults;

  ServletBean(ConfiguredRoute route, RouteFaults faults) {
    super(new RouteServlet(), route.patterns().toArray(String[]::new));
    this.route = route;
    this.faults = faults;
    setName(route.name());
    setInitParameters(route.initParams());
    setLoadOnStartup(route.loadOnStartup());
    setAsyncSupported(route.isAsyncSupported());
  }

  @Override
  protected void configure(ServletRegistration.Dynamic registration) {
    super.configure(registration);
    // One pattern that is taken keeps all from being mapped.
    if (!registration.getMappings().containsAll(route.patterns())) {
      String patterns = String.join(", ", route.patterns());
      String which = route.patterns().size() == 1 ? patterns : "one of " + patterns;
      throw new UnusablePropertyException(
          List.of(faults.ofRoute(route.name(), "there is another servlet for " + which)));
    }
  }
}
