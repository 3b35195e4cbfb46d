package org.wasmservlet.test.container;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Everything that is logged while it is open: by Tomcat over java.util.logging, by Jetty to stderr.
 */
public final class ContainerLog implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final StringBuffer text = new StringBuffer();
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          text.append(formatter.formatMessage(record)).append('\n');
          for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
            StringWriter trace = new StringWriter();
            t.printStackTrace(new PrintWriter(trace));
            text.append(trace);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public ContainerLog() {
    root.addHandler(handler);
    System.setErr(new PrintStream(copy, true, StandardCharsets.UTF_8));
  }

  public String text() {
    return text + copy.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    System.setErr(stderr);
  }
}
