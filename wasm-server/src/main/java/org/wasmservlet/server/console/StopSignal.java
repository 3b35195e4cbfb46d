package org.wasmservlet.server.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Waits for the signal that asks the server to stop, SIGTERM or Ctrl-C. The second one ends the JVM
 * at once.
 *
 * <p>By the JDK's own class for that, which has been there since its first version but is no part
 * of its API: a shutdown hook would stop the server too, but then the log is closed already, and
 * the exit code is the signal's.
 */
public final class StopSignal {
  private static final String[] NAMES = {"TERM", "INT"};
  private static final int EXIT_CODE = 128;

  private final CountDownLatch received = new CountDownLatch(1);

  private StopSignal() {}

  /**
   * Listens for it from now on. Where signals cannot be heard (another JVM, or {@code -Xrs}), they
   * end the JVM as ever.
   *
   * @return who waits
   */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    for (String name : NAMES) {
      try {
        signal.handle(name);
      } catch (ReflectiveOperationException | RuntimeException e) {
        System.getLogger(StopSignal.class.getName())
            .log(System.Logger.Level.DEBUG, "SIG" + name + " is not heard", e);
      }
    }
    return signal;
  }

  private void handle(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object instance = type.getConstructor(String.class).newInstance(name);
    int number = (int) type.getMethod("getNumber").invoke(instance);
    InvocationHandler reaction = (proxy, method, arguments) -> answer(method.getName(), number);
    Object proxy =
        Proxy.newProxyInstance(
            StopSignal.class.getClassLoader(), new Class<?>[] {handler}, reaction);
    type.getMethod("handle", type, handler).invoke(null, instance, proxy);
  }

  /** Of all methods, nobody calls but that of the handler. */
  private Object answer(String method, int number) {
    if (method.equals("handle")) {
      if (received.getCount() == 0) {
        Runtime.getRuntime().halt(EXIT_CODE + number);
      }
      received.countDown();
    }
    return null;
  }

  /**
   * Waits for the first one.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void await() throws InterruptedException {
    received.await();
  }
}
