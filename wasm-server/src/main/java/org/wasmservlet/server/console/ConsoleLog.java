package org.wasmservlet.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** The JDK's log on the console: a line a message, unless the user has configured another one. */
public final class ConsoleLog {
  private static final String CONFIGURATION = "logging.properties";

  private ConsoleLog() {}

  /** Sets it up. To be called before anything is logged. */
  public static void install() {
    if (System.getProperty("java.util.logging.config.file") != null
        || System.getProperty("java.util.logging.config.class") != null) {
      return;
    }
    try (InputStream in = ConsoleLog.class.getResourceAsStream(CONFIGURATION)) {
      LogManager.getLogManager().readConfiguration(in);
    } catch (IOException e) {
      throw new UncheckedIOException("this program lacks its " + CONFIGURATION, e);
    }
  }
}
