package org.wasmservlet.container;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The security constraints of a web application (Servlet 6.0, section 13.8), wherever they come
 * from: web.xml, a fragment, an annotation, a call. The servlet API tells none of them.
 */
public final class SecurityConstraints {
  private static final String JETTYS_CONTEXT =
      "org.eclipse.jetty.ee10.servlet.ServletContextHandler";
  private static final String JETTYS_CONSTRAINTS =
      "org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler";

  /** What containers forbid everywhere, and what is no concern of a GET. */
  private static final Set<Object> TRACE = Set.of("TRACE");

  /** How Jetty says that anybody may, and in any way. */
  private static final Set<String> ANYBODY = Set.of("ALLOWED", "INHERIT");

  private static final Set<String> ANYHOW = Set.of("ANY", "INHERIT");

  private SecurityConstraints() {}

  /**
   * Finds what not everybody may have.
   *
   * @param request a request for the web application
   * @return the constraints' URL patterns, whatever their methods are, for the others may be denied
   *     as uncovered; or null if this container does not let them be known
   */
  public static List<String> patterns(ServletRequest request) {
    ServletRequest own = ContainersOwn.request(request);
    try {
      if (Internals.isA(own, Internals.TOMCATS_REQUEST)) {
        return ofTomcat(Internals.field(own, "request"));
      }
      if (ContainersOwn.isOfUndertow(own)) {
        return ofUndertow(own);
      }
      return Internals.isA(own, Internals.JETTYS_REQUEST) ? ofJetty(own) : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version than those that are known.
      return null;
    }
  }

  private static List<String> ofTomcat(Object request) throws ReflectiveOperationException {
    List<String> patterns = new ArrayList<>();
    Object context = Internals.call(request, "getContext");
    for (Object constraint : (Object[]) Internals.call(context, "findConstraints")) {
      boolean open =
          Internals.call(constraint, "getAuthConstraint").equals(false)
              && Internals.call(constraint, "getUserConstraint").equals("NONE");
      for (Object collection : (Object[]) Internals.call(constraint, "findCollections")) {
        Object[] methods = (Object[]) Internals.call(collection, "findMethods");
        if (!open && !(methods.length == 1 && TRACE.contains(methods[0]))) {
          patterns.addAll(List.of((String[]) Internals.call(collection, "findPatterns")));
        }
      }
    }
    return patterns;
  }

  private static List<String> ofJetty(ServletRequest request) throws ReflectiveOperationException {
    Object context =
        request
            .getClass()
            .getClassLoader()
            .loadClass(JETTYS_CONTEXT)
            .getMethod("getServletContextHandler", ServletContext.class)
            .invoke(null, request.getServletContext());
    Object security = Internals.call(context, "getSecurityHandler");
    if (security == null) {
      return List.of();
    }
    if (!Internals.isA(security, JETTYS_CONSTRAINTS)) {
      return null;
    }
    List<String> patterns = new ArrayList<>();
    for (Object mapping : (List<?>) Internals.call(security, "getConstraintMappings")) {
      Object method = Internals.call(mapping, "getMethod");
      if (!isOpen(Internals.call(mapping, "getConstraint"))
          && !(method != null && TRACE.contains(method))) {
        patterns.add((String) Internals.call(mapping, "getPathSpec"));
      }
    }
    return patterns;
  }

  private static List<String> ofUndertow(ServletRequest request)
      throws ReflectiveOperationException {
    Object deployment = Internals.call(request.getServletContext(), "getDeployment");
    Object info = Internals.call(deployment, "getDeploymentInfo");
    List<String> patterns = new ArrayList<>();
    for (Object constraint : (List<?>) Internals.call(info, "getSecurityConstraints")) {
      boolean open =
          ((Set<?>) Internals.call(constraint, "getRolesAllowed")).isEmpty()
              && Internals.call(constraint, "getEmptyRoleSemantic").toString().equals("PERMIT")
              && Internals.call(constraint, "getTransportGuaranteeType").toString().equals("NONE");
      for (Object collection : (Set<?>) Internals.call(constraint, "getWebResourceCollections")) {
        if (!open && !Internals.call(collection, "getHttpMethods").equals(TRACE)) {
          addAll(patterns, Internals.call(collection, "getUrlPatterns"));
        }
      }
    }
    // Of annotations and calls, whatever they say.
    for (Object servlet : ((Map<?, ?>) Internals.call(info, "getServlets")).values()) {
      if (Internals.call(servlet, "getServletSecurityInfo") != null) {
        addAll(patterns, Internals.call(servlet, "getMappings"));
      }
    }
    return patterns;
  }

  private static void addAll(List<String> patterns, Object found) {
    for (Object pattern : (Collection<?>) found) {
      patterns.add((String) pattern);
    }
  }

  private static boolean isOpen(Object constraint) throws ReflectiveOperationException {
    return ANYBODY.contains(Internals.call(constraint, "getAuthorization").toString())
        && ANYHOW.contains(Internals.call(constraint, "getTransport").toString());
  }
}
