package org.wasmservlet.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

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
  private final Map<String, Object> actions = new HashMap<>();
  private MethodHandle request;
  private MethodHandle coyoteRequest;
  private MethodHandle action;
  private MethodHandle response;
  private MethodHandle status;
  private MethodHandle hook;
  private MethodHandle socket;
  private TomcatTimeout read;
  private TomcatTimeout write;
  private TomcatStreams streams;

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
    TomcatInternals internals = of(request);
    return internals == null ? null : internals.connectionOf(request);
  }

  /** Null if this is no request of Tomcat's. */
  private static TomcatInternals of(Object request) {
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
    return internals;
  }

  /**
   * Has Tomcat close the connection after the response instead of reading the rest of the request's
   * body, which it would do for as long as the client goes on sending a little of it.
   *
   * @param request as the container has made it
   */
  static void leaveRest(Object request) {
    act(request, "DISABLE_SWALLOW_INPUT");
  }

  /**
   * Has Tomcat answer a read that has failed by another status than its own: over HTTP/2 it takes
   * the end of the client's time for a malformed request.
   *
   * @param request as the container has made it, whose response has not begun
   * @param code the status
   */
  static void answer(Object request, int code) {
    TomcatInternals internals = of(request);
    if (internals != null && internals.write != null) {
      internals.setStatus(request, code);
    }
  }

  /**
   * Has Tomcat reset a stream of HTTP/2 at the end of the request, instead of ending it.
   *
   * @param request as the container has made it
   */
  static void resetStream(Object request) {
    TomcatInternals internals = of(request);
    if (internals != null && internals.write != null && internals.streams != null) {
      internals.streams.reset(internals.hookOf(request));
    }
  }

  /** Has Tomcat's connector do something, if this is Tomcat. */
  private static void act(Object request, String what) {
    TomcatInternals internals = of(request);
    if (internals != null && internals.write != null) {
      internals.act(what, request);
    }
  }

  private void act(String what, Object facade) {
    try {
      Object coyote = coyoteRequest.invokeExact((Object) request.invokeExact(facade));
      action.invoke(coyote, actions.get(what), (Object) null);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private void setStatus(Object facade, int code) {
    try {
      Object coyote = coyoteRequest.invokeExact((Object) request.invokeExact(facade));
      status.invokeExact((Object) response.invokeExact(coyote), code);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private TomcatConnection connectionOf(Object facade) {
    if (write == null) {
      return null;
    }
    try {
      Object processor = hookOf(facade);
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

  private Object hookOf(Object facade) {
    try {
      return (Object)
          hook.invokeExact(
              (Object) coyoteRequest.invokeExact((Object) request.invokeExact(facade)));
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
      Class<?> code = loader.loadClass("org.apache.coyote.ActionCode");
      action =
          MethodHandles.publicLookup()
              .findVirtual(coyote, "action", MethodType.methodType(void.class, code, Object.class));
      Class<?> answer = loader.loadClass("org.apache.coyote.Response");
      response =
          MethodHandles.publicLookup()
              .findVirtual(coyote, "getResponse", MethodType.methodType(answer))
              .asType(GET);
      status =
          MethodHandles.publicLookup()
              .findVirtual(answer, "setStatus", MethodType.methodType(void.class, int.class))
              .asType(MethodType.methodType(void.class, Object.class, int.class));
      for (Object constant : code.getEnumConstants()) {
        actions.put(constant.toString(), constant);
      }
      hook = field(coyote.getDeclaredField("hook"));
      socket = field(processor.getDeclaredField("socketWrapper"));
      read = new TomcatTimeout(nioSocket, "Read");
      write = new TomcatTimeout(nioSocket, "Write");
      streams = TomcatStreams.find(loader);
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
