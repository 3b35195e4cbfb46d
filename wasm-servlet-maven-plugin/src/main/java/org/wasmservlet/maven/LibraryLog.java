package org.wasmservlet.maven;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.maven.plugin.logging.Log;

/**
 * Shows what the library logs among what Maven does, until it is closed: how far a compilation is,
 * and what programs write while they are frozen.
 */
final class LibraryLog extends Handler {
  private final Logger logger = Logger.getLogger("org.wasmservlet");
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Log log;
  private final boolean usedParents;

  LibraryLog(Log log) {
    this.log = log;
    this.usedParents = logger.getUseParentHandlers();
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    String message = formatter.formatMessage(entry);
    int level = entry.getLevel().intValue();
    if (level >= Level.SEVERE.intValue()) {
      log.error(message, entry.getThrown());
    } else if (level >= Level.WARNING.intValue()) {
      log.warn(message, entry.getThrown());
    } else if (level >= Level.INFO.intValue()) {
      log.info(message);
    } else {
      log.debug(message);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(usedParents);
  }
}
