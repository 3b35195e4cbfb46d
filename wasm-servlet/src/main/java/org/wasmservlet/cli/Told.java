package org.wasmservlet.cli;

import java.lang.System.Logger.Level;
import org.wasmservlet.prepare.PreparationListener;

/** Lines go to the console's output, progress beside them. */
record Told(Console console) implements PreparationListener {
  @Override
  public void tells(Level level, String line) {
    console.out().println(line);
  }

  @Override
  public void compiles(String module, int percent) {
    console.err().println(module + ": " + percent + " % compiled");
  }
}
