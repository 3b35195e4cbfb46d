package org.wasmservlet.core.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How far a transfer is, for its limits and for the log. Thread-safe. */
final class Progress {
  private static final Logger LOGGER =
      System.getLogger("org.wasmservlet.core.reference.ModuleFetcher");

  /** Between two lines in the log. */
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

  private final ModuleReference reference;
  private final long start;
  private long told;
  private volatile long alive;
  private volatile long received;
  private volatile long expected = -1;

  Progress(ModuleReference reference, long start) {
    this.reference = reference;
    this.start = start;
    this.told = start;
    this.alive = start;
  }

  /** Something has come, or is asked for only now. */
  void alive() {
    alive = System.nanoTime();
  }

  long sinceAlive() {
    return System.nanoTime() - alive;
  }

  /** A content begins: of so many bytes, or -1 if nobody says how many. */
  void expect(long bytes) {
    received = 0;
    expected = bytes;
  }

  void received(long bytes) {
    received = bytes;
  }

  /** Tells the log, if it is time to. Called by one thread. */
  void tell() {
    long now = System.nanoTime();
    if (now - told < INTERVAL || received == 0) {
      return;
    }
    told = now;
    LOGGER.log(
        Level.INFO,
        "{0}: {1} of {2} bytes are fetched after {3}",
        reference,
        Long.toString(received),
        expected < 0 ? "an unknown number of" : Long.toString(expected),
        Transfer.seconds(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(now - start))));
  }
}
