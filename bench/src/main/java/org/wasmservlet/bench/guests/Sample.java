package org.wasmservlet.bench.guests;

/**
 * One run of a program.
 *
 * @param instanceNanos CPU time of the thread to make the instance; 0 where it is part of the run
 * @param runNanos CPU time of the thread to run it
 * @param exitCode as the program gave it, or a word for a trap
 */
record Sample(long instanceNanos, long runNanos, String exitCode) {
  static Sample parse(String line) {
    String[] words = line.split(" ");
    return new Sample(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
  }

  @Override
  public String toString() {
    return instanceNanos + " " + runNanos + " " + exitCode;
  }

  double totalMillis() {
    return (instanceNanos + runNanos) / 1e6;
  }
}
