package org.wasmservlet.boot.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wasmservlet.measure.RouteModule;

/**
 * Down if a program could not be loaded, out of service while one is. What is not to be loaded
 * before a request wants it does no harm. Immutable.
 *
 * @param status by its name in Spring Boot, 3 and 4
 * @param details the state of each route, by its name
 */
record RouteHealth(String status, Map<String, Object> details) {
  static RouteHealth of(Map<String, RouteModule.State> states) {
    String status =
        states.containsValue(RouteModule.State.FAILED)
            ? "DOWN"
            : states.containsValue(RouteModule.State.LOADING) ? "OUT_OF_SERVICE" : "UP";
    Map<String, Object> details = new LinkedHashMap<>();
    states.forEach((route, state) -> details.put(route, state.label()));
    return new RouteHealth(status, details);
  }
}
