package org.wasmservlet.prepare;

import java.lang.System.Logger.Level;

/** Is told what becomes of modules and programs that are prepared, on the thread that does that. */
@FunctionalInterface
public interface PreparationListener {
  /**
   * There is something to say.
   *
   * @param level {@link Level#INFO}, {@link Level#WARNING} for what may not be meant, or {@link
   *     Level#ERROR} for what could not be done; the rest is done all the same
   * @param line begins with what it is about; has no characters that are invisible or steer a
   *     terminal, whatever an archive has for names
   */
  void tells(Level level, String line);

  /**
   * A module is being compiled; told at most once a second.
   *
   * @param module its name, as in lines
   * @param percent of its functions that are compiled
   */
  default void compiles(String module, int percent) {}
}
