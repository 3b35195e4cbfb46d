package org.wasmservlet.status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wasmservlet.jmx.JmxRoutes;
import org.wasmservlet.jmx.VisibleRoute;
import org.wasmservlet.measure.RouteRegistry;

/** Whose routes a status page shows. */
public enum Scope {
  /** Those of its own web application. */
  APPLICATION {
    @Override
    List<VisibleRoute> routes(RouteRegistry own) {
      return own.routes().stream().map(VisibleRoute::of).toList();
    }
  },
  /** Those of all web applications of the JVM; its own where JMX cannot be used. */
  SERVER {
    @Override
    List<VisibleRoute> routes(RouteRegistry own) {
      List<VisibleRoute> all = JmxRoutes.all();
      return all.isEmpty() ? APPLICATION.routes(own) : all;
    }
  };

  /**
   * Reads the init-param.
   *
   * @param value in any case
   * @return the scope, if there is one of that name
   */
  public static Optional<Scope> of(String value) {
    for (Scope scope : values()) {
      if (scope.key().equals(value.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  abstract List<VisibleRoute> routes(RouteRegistry own);
}
