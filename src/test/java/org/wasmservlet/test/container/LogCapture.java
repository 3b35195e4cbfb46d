package org.wasmservlet.test.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sees what the library logs while it is open. */
public final class LogCapture implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Logger logger;
  private final Level before;
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          String message = formatter.formatMessage(record);
          messages.add(message);
          arrivals.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Of all that has to do with servlets and requests. */
  public LogCapture() {
    this("org.wasmservlet.WasmServlet");
  }

  /** Of one logger. */
  public LogCapture(String name) {
    logger = Logger.getLogger(name);
    before = logger.getLevel();
    handler.setLevel(Level.ALL);
    logger.setLevel(Level.FINE);
    logger.addHandler(handler);
  }

  public List<String> messages() {
    return messages;
  }

  /** Waits for a message. */
  public String await(Predicate<String> wanted) throws InterruptedException {
    for (; ; ) {
      String message = arrivals.poll(60, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the log message has not come; there were: " + messages);
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setLevel(before);
  }
}
