package org.wasmservlet.bench.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk says of one run.
 *
 * @param requests that were answered
 * @param seconds that it took
 * @param bytes that came, headers included
 * @param errors connections refused, reads failed, writes failed, statuses above 399, time-outs
 * @param p50Millis half of the answers came in less
 * @param p99Millis 99 of 100 answers came in less
 * @param kinds of the errors: how many of each, in the order above
 */
record Load(
    long requests,
    double seconds,
    long bytes,
    long errors,
    double p50Millis,
    double p99Millis,
    String kinds) {
  private static final Pattern LINE =
      Pattern.compile(
          "RESULT requests=(\\d+) microseconds=(\\d+) bytes=(\\d+) errors=(\\d+)"
              + " p50=(\\d+) p99=(\\d+) kinds=([\\d,]+)");

  static Load parse(String output) {
    Matcher line = LINE.matcher(output);
    if (!line.find()) {
      throw new IllegalStateException("wrk said: " + output);
    }
    return new Load(
        Long.parseLong(line.group(1)),
        Long.parseLong(line.group(2)) / 1e6,
        Long.parseLong(line.group(3)),
        Long.parseLong(line.group(4)),
        Long.parseLong(line.group(5)) / 1e3,
        Long.parseLong(line.group(6)) / 1e3,
        line.group(7));
  }

  double perSecond() {
    return requests / seconds;
  }
}
