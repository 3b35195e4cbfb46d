package org.wasmservlet.client;

import jakarta.servlet.ServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wasmservlet.container.ContainersOwn;

/**
 * A client's connection on Undertow, and so on WildFly, by Undertow's public classes. There a
 * response that has begun is ended as a whole one when an exception leaves the servlet.
 */
final class UndertowConnection {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private UndertowConnection() {}

  /**
   * Cuts the connection, if this is Undertow; over HTTP/2 with all its streams.
   *
   * @param request as the container has made it, whose response has begun
   */
  static void cut(ServletRequest request) {
    if (!ContainersOwn.isOfUndertow(request)) {
      return;
    }
    try {
      Object exchange = call(request, "getExchange");
      ((Closeable) call(exchange, "getConnection")).close();
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOGGER.log(
          Level.WARNING,
          "this Undertow's connections cannot be cut: a response that fails in its middle seems"
              + " whole ("
              + e
              + ")");
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "the client has gone", e);
    }
  }

  private static Object call(Object object, String method) throws ReflectiveOperationException {
    return object.getClass().getMethod(method).invoke(object);
  }
}
