package org.wasmservlet.bench.peers;

/**
 * One run of a program.
 *
 * @param instanceNanos CPU time of the thread to make the instance; 0 where it is part of the run
 * @param runNanos CPU time of the thread to run it
 * @param end the exit code as the program gave it; {@code late} if it was stopped; {@code trap:} or
 *     {@link #NOT_FROZEN} and why
 */
public record Sample(long instanceNanos, long runNanos, String end) {
  /** How a program ended that was to be frozen, and cannot be. */
  public static final String NOT_FROZEN = "not-frozen:";

  static Sample parse(String line) {
    String[] words = line.split(" ");
    return new Sample(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
  }

  @Override
  public String toString() {
    return instanceNanos + " " + runNanos + " " + end;
  }

  /** CPU time of all of it. */
  public double totalMillis() {
    return (instanceNanos + runNanos) / 1e6;
  }
}
