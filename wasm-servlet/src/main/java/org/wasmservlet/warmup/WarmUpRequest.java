package org.wasmservlet.warmup;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.cgi.PercentCoding;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.mapping.ServletPath;
import org.wasmservlet.program.Program;

/** A GET that no client has made, for a module that no route runs yet. */
public interface WarmUpRequest {
  /** No header of a client's can become it. */
  Map<String, String> VARIABLES = Map.of("WASM_WARM_UP", "1");

  /**
   * What a program is told of a request beside the usual.
   *
   * @param request any request
   * @return values by name; none for a client's request
   */
  static Map<String, String> variables(HttpServletRequest request) {
    return request instanceof WarmUpRequest ? VARIABLES : Map.of();
  }

  /**
   * What is to serve it.
   *
   * @return the program that warms up
   */
  Program program();

  /**
   * Makes one.
   *
   * @param target a path from the web application's root, as a client would write it, perhaps with
   *     a query
   * @param owner whose path it is
   * @param program what is to serve it
   * @return a request that is no client's
   */
  static HttpServletRequest of(String target, RouteOwner owner, Program program) {
    int question = target.indexOf('?');
    String encoded = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? null : target.substring(question + 1);
    ServletPath mapped = ServletPath.of(encoded, owner);
    ServletPath path = mapped == null ? ServletPath.ofAFile(PercentCoding.decode(encoded)) : mapped;
    InvocationHandler answers =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "program" -> program;
              case "getMethod" -> "GET";
              case "getRequestURI" -> owner.context().getContextPath() + encoded;
              case "getRequestURL" ->
                  new StringBuffer("http://localhost")
                      .append(owner.context().getContextPath())
                      .append(encoded);
              case "getContextPath" -> owner.context().getContextPath();
              case "getServletPath" -> path.servletPath();
              case "getPathInfo" -> path.pathInfo();
              case "getHttpServletMapping" -> path.mapping(owner.name());
              case "getQueryString" -> query;
              case "getProtocol" -> "HTTP/1.1";
              case "getScheme" -> "http";
              case "getServerName", "getLocalName", "getRemoteHost" -> "localhost";
              case "getServerPort", "getLocalPort" -> 80;
              case "getRemoteAddr", "getLocalAddr" -> "127.0.0.1";
              case "getRequestId", "getProtocolRequestId" -> "warm-up";
              case "getDispatcherType" -> DispatcherType.REQUEST;
              case "getServletContext" -> owner.context();
              case "getContentLength" -> -1;
              case "getContentLengthLong", "getDateHeader" -> -1L;
              case "getIntHeader" -> -1;
              case "getHeaderNames" -> Collections.enumeration(List.of("Host", "User-Agent"));
              case "getHeader" -> header((String) arguments[0]);
              case "getHeaders" -> {
                String value = header((String) arguments[0]);
                yield Collections.enumeration(value == null ? List.of() : List.of(value));
              }
              case "getAttributeNames", "getParameterNames" -> Collections.emptyEnumeration();
              case "getLocale" -> Locale.ROOT;
              case "toString" -> "GET " + target + " (warm-up)";
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> nothing(method.getReturnType());
            };
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            WarmUpRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class, WarmUpRequest.class},
            answers);
  }

  private static String header(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "host" -> "localhost";
      case "user-agent" -> "wasm-servlet (warm-up)";
      default -> null;
    };
  }

  /** Null, 0 or false, whichever a method may return. */
  static Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    return type == long.class ? (Object) 0L : null;
  }
}
