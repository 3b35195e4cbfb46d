package org.wasmservlet.bench.guests;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.wasmservlet.bench.peers.Sample;

/** What is known of a program on a peer. */
final class Series {
  /** A run is steady that takes this much of what it takes in the end, at most. */
  private static final double STEADY = 1.15;

  private static final int WINDOW = 40;

  /** The least gain of a window over the one before it that is worth more runs. */
  private static final double GAIN = 0.98;

  final List<Sample> warmUp = new ArrayList<>();
  final List<Sample> measured = new ArrayList<>();

  /** A digest of standard output and of the files that were left; empty if nothing came. */
  String output = "";

  /** How often the peer's process died. */
  int deaths;

  /** Milliseconds of CPU; NaN if it does not run. */
  double median() {
    return median(measured, Sample::totalMillis);
  }

  double least() {
    return measured.stream().mapToDouble(Sample::totalMillis).min().orElse(Double.NaN);
  }

  double most() {
    return measured.stream().mapToDouble(Sample::totalMillis).max().orElse(Double.NaN);
  }

  /** Of the median, what making the instance took; 0 where that is not known. */
  double instance() {
    return median(measured, sample -> sample.instanceNanos() / 1e6);
  }

  double first() {
    return warmUp.isEmpty() ? Double.NaN : warmUp.get(0).totalMillis();
  }

  String end() {
    return measured.isEmpty() ? "" : measured.get(0).end();
  }

  /** No gain in the last runs over those before. */
  boolean isSteady() {
    int runs = warmUp.size();
    return runs >= 4 * WINDOW
        && medianOf(runs - WINDOW, runs) > GAIN * medianOf(runs - 2 * WINDOW, runs - WINDOW);
  }

  /**
   * The number of runs before the first from which a median of three is near what was measured in
   * the end; -1 if none was.
   */
  int steadyAfter() {
    double bound = median() * STEADY;
    for (int i = 0; i + 3 <= warmUp.size(); i++) {
      if (medianOf(i, i + 3) <= bound) {
        return i;
      }
    }
    return -1;
  }

  private double medianOf(int from, int to) {
    return median(warmUp.subList(from, to), Sample::totalMillis);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> what) {
    double[] sorted = samples.stream().mapToDouble(what).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
