package org.wasmservlet.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * A program that was started once and frozen where it asks for its request. A {@linkplain
 * WasmExecution#of(FrozenProgram) run} goes on from there with a copy of its memory, its stack, its
 * descriptors and its clocks, and no run sees what another one did.
 *
 * <p>Immutable but for {@link #close()}, and thread-safe: any number of runs go on from it at once.
 * It does not own the module.
 */
public final class FrozenProgram implements AutoCloseable {
  private final Resumption start;
  private final FreezeAt at;
  private final Origin origin;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What says to others that the file is in use; guarded by this, null if there is none. */
  private PreparedFile file;

  FrozenProgram(Resumption start, FreezeAt at, Origin origin, Runnable release) {
    this.start = start;
    this.at = at;
    this.origin = origin;
    this.release = release;
  }

  /**
   * How it came about.
   *
   * @param since when it was frozen
   * @param took what that took
   * @param earlyOutput what it wrote before
   * @param kept whether that was in another process, or earlier in this one
   */
  record Origin(Instant since, Duration took, EarlyOutput earlyOutput, boolean kept) {}

  /**
   * What was frozen.
   *
   * @return the configuration of its runs
   */
  public WasmConfig config() {
    return start.config();
  }

  /**
   * Where it was frozen.
   *
   * @return the place
   */
  public FreezeAt at() {
    return at;
  }

  /**
   * When it was frozen.
   *
   * @return the moment
   */
  public Instant since() {
    return origin.since();
  }

  /**
   * What it took: running the program as often as was needed, and compiling what was on its stack
   * once more.
   *
   * @return wall time
   */
  public Duration took() {
    return origin.took();
  }

  /**
   * What it keeps in the heap, about: its memory as far as it is not zeros.
   *
   * @return bytes
   */
  public long bytes() {
    return start.instance().bytes();
  }

  /**
   * The memory that a run begins with.
   *
   * @return bytes of linear memory and tables
   */
  public long initialMemory() {
    return start.initialMemory();
  }

  /**
   * How deep the stack was.
   *
   * @return the number of WebAssembly functions on it
   */
  public int stackDepth() {
    return start.instance().functions().size();
  }

  /**
   * How much the program wrote to its standard output before it was frozen. Nobody gets it, and a
   * program that writes there is not where it should be frozen.
   *
   * @return bytes, those not counted that it keeps in a buffer of its own: every run writes these
   */
  public long earlyOutputBytes() {
    return origin.earlyOutput().count();
  }

  /**
   * What that was.
   *
   * @return its beginning; text of the guest's, any control characters in it
   */
  public String earlyOutput() {
    return origin.earlyOutput().beginning();
  }

  /**
   * How many files are looked at by {@link #changedFile()}.
   *
   * @return the number of files and directories that the program opened, looked up or listed before
   *     it was frozen, missing ones included
   */
  public int watchedFiles() {
    return start.frozenHost().files().count();
  }

  /**
   * Whether all files that the program looked at are watched.
   *
   * @return false if there were too many
   */
  public boolean watchesAllFiles() {
    return start.frozenHost().files().isComplete();
  }

  /**
   * Looks whether a file that the program opened, looked up or listed before it was frozen is not
   * what it was. Takes a few microseconds a file. What the program itself wrote to is not looked
   * at, nor is what lies in a private directory.
   *
   * @return a file that has changed, appeared or gone; null if there is none
   */
  public Path changedFile() {
    return start.frozenHost().files().changed();
  }

  /**
   * Whether it was {@linkplain FrozenPrograms#find found}, and not frozen now.
   *
   * @return true if nothing was run for it
   */
  public boolean wasKept() {
    return origin.kept();
  }

  Resumption start() {
    return start;
  }

  Origin origin() {
    return origin;
  }

  /** It is in this file, which is held as long as it is not closed. */
  synchronized void keptIn(PreparedFile kept) {
    if (closed.get()) {
      kept.close();
    } else {
      file = kept;
    }
  }

  private synchronized void letGo() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /**
   * Gives its memory up, which counted as its share's. Runs that have begun end undisturbed;
   * closing twice is harmless.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
      letGo();
    }
  }

  @Override
  public String toString() {
    return "FrozenProgram[" + start.config().module().fileName() + " where it " + at + "]";
  }
}
