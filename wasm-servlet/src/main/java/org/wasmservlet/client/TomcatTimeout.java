package org.wasmservlet.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The timeout of one direction of Tomcat's connections. Times are in milliseconds; below 1 they are
 * without end.
 */
final class TomcatTimeout {
  private static final MethodType GET = MethodType.methodType(long.class);
  private static final MethodType SET = MethodType.methodType(void.class, long.class);
  private static final MethodType CALL = MethodType.methodType(void.class);

  private final MethodHandle get;
  private final MethodHandle set;
  private final MethodHandle begins;

  /**
   * Finds it.
   *
   * @param socket the class of connections
   * @param direction {@code Read} or {@code Write}
   */
  TomcatTimeout(Class<?> socket, String direction) throws ReflectiveOperationException {
    get = find(socket, "get" + direction + "Timeout", GET);
    set = find(socket, "set" + direction + "Timeout", SET);
    begins = find(socket, "updateLast" + direction, CALL);
  }

  private static MethodHandle find(Class<?> socket, String method, MethodType type)
      throws ReflectiveOperationException {
    MethodHandle found = MethodHandles.publicLookup().findVirtual(socket, method, type);
    return found.asType(found.type().changeParameterType(0, Object.class));
  }

  long get(Object socket) {
    try {
      return (long) get.invokeExact(socket);
    } catch (Throwable e) {
      throw TomcatInternals.unexpected(e);
    }
  }

  void set(Object socket, long millis) {
    try {
      set.invokeExact(socket, millis);
    } catch (Throwable e) {
      throw TomcatInternals.unexpected(e);
    }
  }

  /** Has the next read or write, which begins now, wait no longer than this. */
  void limit(Object socket, long millis) {
    set(socket, millis);
    try {
      // The connector's poller counts from the last one that ended.
      begins.invokeExact(socket);
    } catch (Throwable e) {
      throw TomcatInternals.unexpected(e);
    }
  }
}
