package org.wasmservlet.boot.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.Ordered;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/** Makes routes of properties, and notes what of them cannot be used. For one thread. */
final class RouteReader {
  /** What the servlet specification has. */
  private static final Pattern URL_PATTERN =
      Pattern.compile("|/|/[^*]*|(/[^*]*)?/\\*|\\*\\.[^*/]+");

  private static final int AT_THE_START = 1;

  private final WasmProperties properties;
  private final PropertyOrigins origins;
  private final RouteFaults faults;
  private final List<PropertyFault> found = new ArrayList<>();

  private RouteReader(WasmProperties properties, PropertyOrigins origins) {
    this.properties = properties;
    this.origins = origins;
    this.faults = new RouteFaults(origins);
  }

  /**
   * Reads all routes.
   *
   * @throws UnusablePropertyException if one cannot be used; it tells of all
   */
  static List<ConfiguredRoute> read(WasmProperties properties, PropertyOrigins origins) {
    RouteReader reader = new RouteReader(properties, origins);
    List<ConfiguredRoute> routes = new ArrayList<>();
    properties.getRoutes().forEach((name, route) -> routes.add(reader.read(name, route)));
    if (!reader.found.isEmpty()) {
      throw new UnusablePropertyException(reader.found);
    }
    return routes;
  }

  private ConfiguredRoute read(String name, RouteProperties route) {
    ConfigurationPropertyName property = RouteFaults.propertyOf(name);
    if (route.isFilter() && route.getLoadOnStartup() != null) {
      found.add(
          origins.fault(property.append("load-on-startup"), "a filter is started in any case"));
    }
    if (!route.isFilter() && route.getOrder() != null) {
      found.add(origins.fault(property.append("order"), "only filters have an order"));
    }
    return new ConfiguredRoute(
        name,
        patterns(name, route),
        initParams(name, route),
        route.isFilter(),
        route.getLoadOnStartup() == null ? AT_THE_START : route.getLoadOnStartup(),
        route.isAsyncSupported(),
        route.getOrder() == null ? Ordered.LOWEST_PRECEDENCE : route.getOrder());
  }

  private List<String> patterns(String name, RouteProperties route) {
    ConfigurationPropertyName property = RouteFaults.propertyOf(name);
    if (route.getUrlPatterns() == null) {
      if (!name.startsWith("/") && !name.startsWith("*.")) {
        found.add(
            faults.ofRoute(
                name,
                "'"
                    + name
                    + "' is no URL pattern: write \"[/"
                    + name
                    + "/*]\", with quotes and brackets, or give it url-patterns"));
      } else if (!URL_PATTERN.matcher(name).matches()) {
        found.add(faults.ofRoute(name, notAPattern(name)));
      }
      return List.of(name);
    }
    for (String pattern : route.getUrlPatterns()) {
      if (!URL_PATTERN.matcher(pattern).matches()) {
        found.add(origins.fault(property.append("url-patterns"), notAPattern(pattern)));
      }
    }
    if (route.getUrlPatterns().isEmpty()) {
      found.add(origins.fault(property.append("url-patterns"), "there is none"));
    }
    return route.getUrlPatterns();
  }

  private static String notAPattern(String text) {
    return "'" + text + "' is no URL pattern: /path, /path/* and *.suffix are";
  }

  private Map<String, String> initParams(String name, RouteProperties route) {
    Map<Directive, String> values = properties.getDefaults().values();
    values.putAll(route.values());
    Map<String, String> initParams = new LinkedHashMap<>();
    values.forEach((directive, value) -> initParams.put(directive.parameter(), value));
    try {
      Directives.read(initParams);
    } catch (DirectiveException e) {
      found.add(faults.of(name, e));
    }
    return initParams;
  }
}
