package org.wasmservlet.maven;

import java.lang.System.Logger.Level;
import org.apache.maven.plugin.logging.Log;
import org.wasmservlet.prepare.PreparationListener;

/** Shows what becomes of modules and programs as Maven shows everything. */
record MavenListener(Log log) implements PreparationListener {
  @Override
  public void tells(Level level, String line) {
    switch (level) {
      case ERROR -> log.error(line);
      case WARNING -> log.warn(line);
      default -> log.info(line);
    }
  }

  @Override
  public void compiles(String module, int percent) {
    log.info(module + ": " + percent + " % compiled");
  }
}
