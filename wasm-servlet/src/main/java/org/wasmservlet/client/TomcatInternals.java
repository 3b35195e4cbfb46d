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
  private static final MethodType GET_LONG = MethodType.methodType(long.class, Object.class);
  private static final MethodType SET_LONG =
      MethodType.methodType(void.class, Object.class, long.class);
  private static final MethodType CALL = MethodType.methodType(void.class, Object.class);

  /** A web application knows one Tomcat, so that this is found once. */
  private static volatile TomcatInternals known;

  private final Class<?> facade;

  private Class<?> http1;
  private Class<?> nioSocket;
  private MethodHandle request;
  private MethodHandle coyoteRequest;
  private MethodHandle hook;
  private MethodHandle socket;

  private MethodHandle readTimeout;
  private MethodHandle setReadTimeout;
  private MethodHandle readsNow;
  private MethodHandle writeTimeout;
  private MethodHandle setWriteTimeout;
  private MethodHandle writesNow;

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
    if (writesNow == null) {
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
      return nioSocket.isInstance(found) ? new TomcatConnection(this, found) : null;
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
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Field connectors = facade.getDeclaredField("request");
      request = field(connectors);
      coyoteRequest =
          lookup
              .findVirtual(connectors.getType(), "getCoyoteRequest", MethodType.methodType(coyote))
              .asType(GET);
      hook = field(coyote.getDeclaredField("hook"));
      socket = field(processor.getDeclaredField("socketWrapper"));
      MethodType get = MethodType.methodType(long.class);
      MethodType set = MethodType.methodType(void.class, long.class);
      MethodType call = MethodType.methodType(void.class);
      readTimeout = lookup.findVirtual(nioSocket, "getReadTimeout", get).asType(GET_LONG);
      setReadTimeout = lookup.findVirtual(nioSocket, "setReadTimeout", set).asType(SET_LONG);
      readsNow = lookup.findVirtual(nioSocket, "updateLastRead", call).asType(CALL);
      writeTimeout = lookup.findVirtual(nioSocket, "getWriteTimeout", get).asType(GET_LONG);
      setWriteTimeout = lookup.findVirtual(nioSocket, "setWriteTimeout", set).asType(SET_LONG);
      writesNow = lookup.findVirtual(nioSocket, "updateLastWrite", call).asType(CALL);
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

  long readTimeout(Object socket) {
    try {
      return (long) readTimeout.invokeExact(socket);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  long writeTimeout(Object socket) {
    try {
      return (long) writeTimeout.invokeExact(socket);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void readTimeout(Object socket, long millis) {
    try {
      setReadTimeout.invokeExact(socket, millis);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void writeTimeout(Object socket, long millis) {
    try {
      setWriteTimeout.invokeExact(socket, millis);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The connector's poller counts a timeout from the last read that ended; this is a new one. */
  void readsNow(Object socket) {
    try {
      readsNow.invokeExact(socket);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** As {@link #readsNow}, for the other direction. */
  void writesNow(Object socket) {
    try {
      writesNow.invokeExact(socket);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Getters and setters throw nothing. */
  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
