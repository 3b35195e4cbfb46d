package org.wasmservlet.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * The way from a request to its connection in Tomcat's own classes, and what can be set there: the
 * servlet API has nothing of it. A Tomcat whose classes look otherwise is left as it is.
 */
final class TomcatInternals {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final String FACADE = "org.apache.catalina.connector.RequestFacade";

  private static final MethodType GET = MethodType.methodType(Object.class, Object.class);

  /** A web application knows one Tomcat, so that this is found once. */
  private static volatile TomcatInternals known;

  private final Class<?> facade;

  private Class<?> http1;
  private Class<?> nioSocket;
  private MethodHandle request;
  private MethodHandle coyoteRequest;
  private MethodHandle hook;
  private MethodHandle socket;
  private TomcatTimeout read;
  private TomcatTimeout write;

  private TomcatInternals(Class<?> facade) {
    this.facade = facade;
  }

  /**
   * Finds a request's connection.
   *
   * @param request as the container has made it
   * @return null if it is no HTTP/1 request on Tomcat's NIO connector, its usual one
   */
  static TomcatConnection connection(Object request) {
    Class<?> type = request.getClass();
    if (!type.getName().equals(FACADE)) {
      return null;
    }
    TomcatInternals internals = known;
    if (internals == null || internals.facade != type) {
      internals = new TomcatInternals(type);
      internals.find();
      known = internals;
    }
    return internals.connectionOf(request);
  }

  private TomcatConnection connectionOf(Object facade) {
    if (write == null) {
      return null;
    }
    try {
      Object processor =
          (Object)
              hook.invokeExact(
                  (Object) coyoteRequest.invokeExact((Object) request.invokeExact(facade)));
      // Streams of HTTP/2 share a connection, and their waits can be interrupted.
      if (!http1.isInstance(processor)) {
        return null;
      }
      Object found = (Object) socket.invokeExact(processor);
      return nioSocket.isInstance(found) ? new TomcatConnection(found, read, write) : null;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private void find() {
    try {
      ClassLoader loader = facade.getClassLoader();
      http1 = loader.loadClass("org.apache.coyote.http11.Http11Processor");
      nioSocket = loader.loadClass("org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper");
      Class<?> coyote = loader.loadClass("org.apache.coyote.Request");
      Class<?> processor = loader.loadClass("org.apache.coyote.AbstractProcessor");
      Field connectors = facade.getDeclaredField("request");
      request = field(connectors);
      coyoteRequest =
          MethodHandles.publicLookup()
              .findVirtual(connectors.getType(), "getCoyoteRequest", MethodType.methodType(coyote))
              .asType(GET);
      hook = field(coyote.getDeclaredField("hook"));
      socket = field(processor.getDeclaredField("socketWrapper"));
      read = new TomcatTimeout(nioSocket, "Read");
      write = new TomcatTimeout(nioSocket, "Write");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOGGER.log(
          Level.WARNING,
          "this Tomcat's connections have no timeouts to be found: a program that waits for a silent"
              + " client may end seconds after its WasmTimeout ("
              + e
              + ")");
    }
  }

  private static MethodHandle field(Field field) throws IllegalAccessException {
    field.setAccessible(true);
    return MethodHandles.lookup().unreflectGetter(field).asType(GET);
  }

  /** Getters and setters throw nothing. */
  static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
