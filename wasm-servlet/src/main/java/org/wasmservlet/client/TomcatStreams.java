package org.wasmservlet.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * The streams of HTTP/2 in Tomcat's own classes. Tomcat ends the stream of a response that has
 * failed as it ends any other, and resets it afterwards, when the client has taken it for whole.
 */
final class TomcatStreams {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final String ERROR = "INTERNAL_ERROR";

  private final Class<?> processor;
  private final MethodHandle stream;
  private final MethodHandle cancel;

  private TomcatStreams(Class<?> processor, MethodHandle stream, MethodHandle cancel) {
    this.processor = processor;
    this.stream = stream;
    this.cancel = cancel;
  }

  /** Finds the way to them; null if this Tomcat's classes look otherwise. */
  static TomcatStreams find(ClassLoader loader) {
    try {
      Class<?> processor = loader.loadClass("org.apache.coyote.http2.StreamProcessor");
      Class<?> error = loader.loadClass("org.apache.coyote.http2.Http2Error");
      Field stream = processor.getDeclaredField("stream");
      stream.setAccessible(true);
      Method cancel = stream.getType().getDeclaredMethod("doStreamCancel", String.class, error);
      cancel.setAccessible(true);
      MethodHandle bound =
          MethodHandles.insertArguments(
              MethodHandles.lookup().unreflect(cancel), 2, constant(error, ERROR));
      return new TomcatStreams(
          processor,
          MethodHandles.lookup()
              .unreflectGetter(stream)
              .asType(MethodType.methodType(Object.class, Object.class)),
          bound.asType(MethodType.methodType(void.class, Object.class, String.class)));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOGGER.log(
          Level.WARNING,
          "this Tomcat's streams cannot be reset: over HTTP/2 a response that fails in its middle"
              + " seems whole ("
              + e
              + ")");
      return null;
    }
  }

  private static Object constant(Class<?> type, String name) throws NoSuchFieldException {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(name)) {
        return constant;
      }
    }
    throw new NoSuchFieldException(name);
  }

  /** Has a stream reset instead of ended; what is no stream of HTTP/2 is left alone. */
  void reset(Object hook) {
    if (!processor.isInstance(hook)) {
      return;
    }
    try {
      Object found = (Object) stream.invokeExact(hook);
      cancel.invokeExact(found, "the response cannot be finished");
    } catch (Throwable e) {
      // An exception that says so is how it ends.
      if (!e.getClass().getName().equals("org.apache.coyote.CloseNowException")) {
        throw TomcatInternals.unexpected(e);
      }
    }
  }
}
