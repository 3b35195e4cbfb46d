package org.wasmservlet.core.wasi;

import com.dylibso.chicory.log.Logger;

/**
 * Keeps Chicory from logging every host call: a guest could flood the log with errors of its own.
 */
final class SilentLogger implements Logger {
  static final SilentLogger INSTANCE = new SilentLogger();

  private SilentLogger() {}

  @Override
  public void log(Level level, String message, Throwable thrown) {}

  @Override
  public boolean isLoggable(Level level) {
    return false;
  }
}
