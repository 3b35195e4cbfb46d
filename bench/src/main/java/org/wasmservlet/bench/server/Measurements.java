package org.wasmservlet.bench.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** All runs, and the medians of the rounds. */
final class Measurements {
  private final List<Measurement> all = new ArrayList<>();
  private final Set<String> faults = new LinkedHashSet<>();

  void add(Measurement measurement) {
    all.add(measurement);
  }

  void addFault(String fault) {
    faults.add(fault);
  }

  List<Measurement> all() {
    return Collections.unmodifiableList(all);
  }

  Set<String> faults() {
    return Collections.unmodifiableSet(faults);
  }

  /** The median of the rounds; empty if nothing was measured. */
  OptionalDouble median(
      Kind kind, Program program, int connections, ToDoubleFunction<Measurement> value) {
    return median(
        all.stream()
            .filter(m -> m.kind() == kind && m.program() == program)
            .filter(m -> m.connections() == connections)
            .mapToDouble(value)
            .sorted()
            .toArray());
  }

  /** The most of all rounds and numbers of clients; empty if nothing was measured. */
  OptionalDouble most(Kind kind, Program program, ToDoubleFunction<Measurement> value) {
    return all.stream()
        .filter(m -> m.kind() == kind && m.program() == program)
        .mapToDouble(value)
        .max();
  }

  private static OptionalDouble median(double[] sorted) {
    int n = sorted.length;
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }
}
