package org.wasmservlet.freeze;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.cgi.VisibleThrowable;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.NotFrozenException;

/** What the log has of one frozen state. Thread-safe. */
final class FreezeLog {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final int MESSAGE_AT_MOST = 4000;

  private final String name;

  /**
   * Begins.
   *
   * @param name that the state has in the log
   */
  FreezeLog(String name) {
    this.name = name;
  }

  /** What becomes of requests while a program could not be frozen. */
  enum Instead {
    OLD_STATE("requests are served by what was frozen before"),
    REFUSED("requests are refused"),
    COLD("it begins anew for each request");

    private final String text;

    Instead(String text) {
      this.text = text;
    }
  }

  /**
   * There is a state.
   *
   * @param changed the file for which it replaces another one; null if none does
   */
  void frozen(FrozenProgram frozen, Path changed) {
    LOGGER.log(
        Level.INFO,
        "{0} {1} where it {2}: {3} functions on its stack, {4} KB of memory kept, {5} files"
            + " watched, {6}",
        name,
        what(frozen, changed),
        frozen.at(),
        Integer.toString(frozen.stackDepth()),
        Long.toString(frozen.bytes() >> 10),
        Integer.toString(frozen.watchedFiles()),
        frozen.wasKept()
            ? "frozen at " + frozen.since().truncatedTo(ChronoUnit.SECONDS)
            : "in " + frozen.took().toMillis() + " ms");
    if (frozen.earlyOutputBytes() > 0) {
      LOGGER.log(
          Level.WARNING,
          "{0} wrote {1} bytes to its standard output before it was frozen, which no request gets:"
              + " {2}",
          name,
          Long.toString(frozen.earlyOutputBytes()),
          Visible.escape(frozen.earlyOutput()));
    }
    if (!frozen.watchesAllFiles()) {
      LOGGER.log(
          Level.WARNING,
          "{0} looked at more than {1} files before it was frozen; changes of the others go"
              + " unnoticed",
          name,
          Integer.toString(frozen.watchedFiles()));
    }
  }

  /** There is an interpreter to go on from. */
  void started(FrozenProgram interpreter) {
    LOGGER.log(
        Level.INFO,
        "{0} has been started up to where it {1}: {2} KB of memory kept, {3} files watched, in {4}"
            + " ms",
        name,
        interpreter.at(),
        Long.toString(interpreter.bytes() >> 10),
        Integer.toString(interpreter.watchedFiles()),
        Long.toString(interpreter.took().toMillis()));
  }

  /** There is none: what is wrong will be told of the whole program. */
  void notStarted(NotFrozenException why) {
    LOGGER.log(Level.DEBUG, Visible.escape(name + ": " + why.getMessage(), MESSAGE_AT_MOST));
  }

  private static String what(FrozenProgram frozen, Path changed) {
    if (frozen.wasKept()) {
      return "is resumed from what was kept";
    }
    return changed == null
        ? "is frozen"
        : "is frozen anew, for " + Visible.escape(changed.toString()) + " has changed,";
  }

  /**
   * It could not be frozen.
   *
   * @param unexpected what was thrown that tells more; null if nothing
   * @param known whether that has been said
   */
  void notFrozen(String why, Throwable unexpected, boolean known, Instead instead) {
    LOGGER.log(
        known ? Level.DEBUG : Level.WARNING,
        Visible.escape(name + ": " + why + "; " + instead.text, MESSAGE_AT_MOST));
    if (unexpected != null) {
      LOGGER.log(Level.DEBUG, "the cause", VisibleThrowable.of(unexpected));
    }
  }

  /** It is of use, but not after a restart. */
  void notKept(Throwable cause) {
    LOGGER.log(
        Level.WARNING,
        Visible.escape(
            name
                + ": what is frozen is not kept: "
                + (cause instanceof IOException ? cause.getMessage() : cause),
            MESSAGE_AT_MOST));
  }

  /** Whether it is stale is not known. */
  void notLookedAt(Throwable cause) {
    LOGGER.log(Level.ERROR, name + ": its files were not looked at", VisibleThrowable.of(cause));
  }
}
