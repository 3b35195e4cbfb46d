package org.wasmservlet.mapping;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;

/** Tells whether the web application has a servlet of its own for a request. */
public final class AnotherServlet {
  /** Tomcat and Jetty both call their servlet for files so. */
  private static final String CONTAINERS_OWN = "default";

  private AnotherServlet() {}

  /**
   * Whether a request is mapped to a servlet other than the one that shows files. That one is known
   * by its mapping, its name and its class, for it may be mapped a second time.
   */
  public static boolean isMappedTo(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    if (mapping.getMappingMatch() == null || mapping.getMappingMatch() == MappingMatch.DEFAULT) {
      return false;
    }
    ServletContext context = request.getServletContext();
    String own = className(context, CONTAINERS_OWN);
    return !mapping.getServletName().equals(CONTAINERS_OWN)
        && (own == null || !own.equals(className(context, mapping.getServletName())));
  }

  private static String className(ServletContext context, String servletName) {
    ServletRegistration registration = context.getServletRegistration(servletName);
    return registration == null ? null : registration.getClassName();
  }
}
