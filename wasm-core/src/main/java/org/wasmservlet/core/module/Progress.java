package org.wasmservlet.core.module;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Tells how far a compilation is, at most once a second. Belongs to one thread. */
final class Progress implements IntConsumer {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.ModuleCache");
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private final IntConsumer listener;
  private long last = System.nanoTime();

  /**
   * Begins.
   *
   * @param listener told how many functions are compiled
   */
  Progress(IntConsumer listener) {
    this.listener = listener;
  }

  /** Tells the log. */
  static Progress logged(Path file, int functions, long start) {
    return new Progress(
        compiled ->
            LOGGER.log(
                Level.INFO,
                "{0}: {1} of {2} functions are compiled after {3} s",
                file,
                Integer.toString(compiled),
                Integer.toString(functions),
                Long.toString(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))));
  }

  @Override
  public void accept(int compiled) {
    long now = System.nanoTime();
    if (now - last >= INTERVAL) {
      last = now;
      listener.accept(compiled);
    }
  }
}
