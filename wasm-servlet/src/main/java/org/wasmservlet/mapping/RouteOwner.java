package org.wasmservlet.mapping;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteModule;

/**
 * The servlet or filter that a route belongs to.
 *
 * @param isFilter which of the two
 * @param name as web.xml has it
 * @param context of the web application
 * @param initParams values by name
 */
public record RouteOwner(
    boolean isFilter, String name, ServletContext context, Map<String, String> initParams) {

  /**
   * Of a servlet.
   *
   * @param servlet as its container configures it
   * @return the owner
   */
  public static RouteOwner of(ServletConfig servlet) {
    return new RouteOwner(
        false,
        servlet.getServletName(),
        servlet.getServletContext(),
        initParams(servlet.getInitParameterNames(), servlet::getInitParameter));
  }

  /**
   * Of a filter.
   *
   * @param filter as its container configures it
   * @return the owner
   */
  public static RouteOwner of(FilterConfig filter) {
    return new RouteOwner(
        true,
        filter.getFilterName(),
        filter.getServletContext(),
        initParams(filter.getInitParameterNames(), filter::getInitParameter));
  }

  /** As measurements name it. */
  public RouteIdentity identity(RouteModule module) {
    return new RouteIdentity(
        isFilter,
        name,
        RouteIdentity.hostOf(context),
        context.getContextPath(),
        patterns(),
        module);
  }

  /**
   * What its web application says for all of its servlets and filters.
   *
   * @param param a context-param's name
   * @return its value, or null if there is none
   */
  public String contextParam(String param) {
    return context.getInitParameter(param);
  }

  /** What it is mapped to, in a fixed order. */
  public List<String> patterns() {
    Collection<String> patterns;
    if (isFilter) {
      FilterRegistration filter = context.getFilterRegistration(name);
      patterns = filter == null ? List.of() : filter.getUrlPatternMappings();
    } else {
      ServletRegistration servlet = context.getServletRegistration(name);
      patterns = servlet == null ? List.of() : servlet.getMappings();
    }
    return patterns.stream().sorted().toList();
  }

  /**
   * Lets what comes after it be asynchronous: a filter or a servlet that is not declared so keeps
   * all that it passes a request on to from being it. Called while it is initialised.
   */
  public void declareAsyncSupported() {
    Registration registration =
        isFilter ? context.getFilterRegistration(name) : context.getServletRegistration(name);
    if (registration instanceof Registration.Dynamic declared) {
      declared.setAsyncSupported(true);
    }
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return (isFilter ? "filter '" : "servlet '") + name + "'";
  }

  private static Map<String, String> initParams(
      Enumeration<String> names, UnaryOperator<String> value) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String name : Collections.list(names)) {
      params.put(name, value.apply(name));
    }
    return params;
  }
}
