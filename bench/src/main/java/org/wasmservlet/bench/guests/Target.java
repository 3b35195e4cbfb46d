package org.wasmservlet.bench.guests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wasmservlet.bench.peers.PeerKind;

/**
 * What is to be reached, and what was.
 *
 * @param limit the most that it may be
 * @param value what was measured; NaN if it was not
 */
record Target(String what, double limit, double value, String unit) {

  boolean isMet() {
    return value <= limit;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | ≤ %s | %s | %s |",
        what,
        shown(limit),
        Double.isNaN(value) ? "not measured" : shown(value),
        Double.isNaN(value) ? "" : isMet() ? "met" : "missed");
  }

  private String shown(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.2f%s" : "%.0f%s", number, unit);
  }

  /** The targets of what was measured. */
  static List<Target> of(List<Row> rows, Starts starts) {
    List<Target> targets = new ArrayList<>();
    rows.forEach(row -> addFor(row, targets));
    for (Means means : Means.of(rows, List.of(PeerKind.V8))) {
      String scripts = means.language() + " scripts ÷ V8: ";
      targets.add(new Target(scripts + "geometric mean", 1.1, means.mean(), ""));
      targets.add(new Target(scripts + "most, " + means.worst(), 1.6, means.most(), ""));
    }
    addStart(Programs.PHP, 12, starts, targets);
    addStart(Programs.PYTHON, 8, starts, targets);
    targets.add(
        new Target(
            Programs.PHP + ": heap kept",
            60,
            starts.heapMegabytes(Programs.PHP, PeerKind.OURS),
            " MB"));
    return targets;
  }

  private static void addFor(Row row, List<Target> targets) {
    String name = row.program().name();
    double ours = row.median(PeerKind.OURS);
    double v8 = row.median(PeerKind.V8);
    double chicory = row.median(PeerKind.CHICORY);
    switch (name) {
      case "python hello", "python loop" -> targets.add(ratio(name, "V8", 1.2, ours, v8));
      case "php hello" -> targets.add(ratio(name, "V8", 1.3, ours, v8));
      case "php MD5 loop" -> targets.add(ratio(name, "V8", 0.45, ours, v8));
      case "php VM loop", "php WordPress" -> targets.add(ratio(name, "V8", 1.0, ours, v8));
      case "ruby puts 1" ->
          targets.add(
              Double.isNaN(v8)
                  ? ratio(name, "wasmtime", 1.5, ours, row.median(PeerKind.WASMTIME))
                  : ratio(name, "V8", 1.5, ours, v8));
      case "php instance", "python instance" ->
          targets.add(new Target(name + ": CPU", 0.8, ours, " ms"));
      default -> {
        return;
      }
    }
    if (name.contains("instance")) {
      return;
    }
    double factor = name.startsWith("python") ? 20 : 5;
    targets.add(ratio(name, "Chicory", 1 / factor, ours, chicory));
    Series series = row.series().get(PeerKind.OURS);
    if (series != null && !series.measured.isEmpty()) {
      int after = series.steadyAfter();
      targets.add(new Target(name + ": runs until steady", 40, after < 0 ? 9_999 : after, ""));
    }
  }

  private static Target ratio(String name, String peer, double limit, double ours, double theirs) {
    return new Target(name + " ÷ " + peer, limit, ours / theirs, "");
  }

  private static void addStart(String module, double cpu, Starts starts, List<Target> targets) {
    targets.add(
        new Target(
            module + ": first start, CPU", cpu, starts.cpuSeconds(module, PeerKind.OURS), " s"));
    targets.add(
        new Target(
            module + ": start from a prepared module",
            1.5,
            starts.wallSeconds(module, PeerKind.PREPARED),
            " s"));
  }
}
