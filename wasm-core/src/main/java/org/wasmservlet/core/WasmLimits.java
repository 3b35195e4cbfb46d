package org.wasmservlet.core;

import java.time.Duration;

/**
 * What one run of a guest may use. Immutable.
 *
 * @param timeout how long it may take, in wall time and with all waiting, until it is stopped
 * @param memory bytes of linear memory that it may grow to; {@code memory.grow} answers -1 past it
 * @param output bytes that it may write to standard output until it is stopped
 * @param stack bytes of stack that it runs on, in a thread of its own; 0 for the calling thread
 * @param openFiles descriptors that it may have open, standard streams and directories counted;
 *     opening one more fails with EMFILE
 * @param written bytes that it may write to files; writing more fails with ENOSPC
 */
public record WasmLimits(
    Duration timeout, long memory, long output, long stack, int openFiles, long written) {
  /**
   * 30 seconds, 256 MiB of memory, 64 MiB of output, the calling thread's stack, 256 descriptors,
   * 256 MiB written.
   */
  public static final WasmLimits DEFAULT =
      new WasmLimits(Duration.ofSeconds(30), 256L << 20, 64L << 20, 0, 256, 256L << 20);

  /** The standard streams, which every guest has. */
  private static final int MIN_OPEN_FILES = 3;

  /** More than a process may have by most systems' settings. */
  private static final int MAX_OPEN_FILES = 1 << 16;

  private static final long MIN_STACK = 256L << 10;
  private static final long MAX_STACK = 1L << 30;

  /**
   * Refuses what cannot be meant.
   *
   * @param timeout more than nothing
   * @param memory 0 or more
   * @param output 0 or more
   * @param stack 0, or from 256 KiB to 1 GiB
   * @param openFiles from 3 to 65536
   * @param written 0 or more
   * @throws IllegalArgumentException if a value is out of its range
   */
  public WasmLimits {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be longer than nothing");
    }
    if (memory < 0 || output < 0 || written < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
    if (stack != 0 && (stack < MIN_STACK || stack > MAX_STACK)) {
      throw new IllegalArgumentException("a stack has from 256KB to 1GB");
    }
    if (openFiles < MIN_OPEN_FILES || openFiles > MAX_OPEN_FILES) {
      throw new IllegalArgumentException(
          "must be from " + MIN_OPEN_FILES + ", which are the standard streams, to 65536");
    }
  }

  /**
   * Changes the timeout.
   *
   * @param value how long a run may take
   * @return limits that are otherwise these
   */
  public WasmLimits withTimeout(Duration value) {
    return new WasmLimits(value, memory, output, stack, openFiles, written);
  }

  /**
   * Changes the limit of linear memory.
   *
   * @param bytes how far it may grow
   * @return limits that are otherwise these
   */
  public WasmLimits withMemory(long bytes) {
    return new WasmLimits(timeout, bytes, output, stack, openFiles, written);
  }

  /**
   * Changes the limit of standard output.
   *
   * @param bytes how much may be written
   * @return limits that are otherwise these
   */
  public WasmLimits withOutput(long bytes) {
    return new WasmLimits(timeout, memory, bytes, stack, openFiles, written);
  }

  /**
   * Changes the stack.
   *
   * @param bytes its size, or 0 for the calling thread's
   * @return limits that are otherwise these
   */
  public WasmLimits withStack(long bytes) {
    return new WasmLimits(timeout, memory, output, bytes, openFiles, written);
  }

  /**
   * Changes the limit of open descriptors.
   *
   * @param count how many may be open
   * @return limits that are otherwise these
   */
  public WasmLimits withOpenFiles(int count) {
    return new WasmLimits(timeout, memory, output, stack, count, written);
  }

  /**
   * Changes the limit of what is written to files.
   *
   * @param bytes how much may be written
   * @return limits that are otherwise these
   */
  public WasmLimits withWritten(long bytes) {
    return new WasmLimits(timeout, memory, output, stack, openFiles, bytes);
  }
}
