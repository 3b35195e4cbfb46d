package org.wasmservlet.bench.guests;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.bench.peers.PeerKind;

/** What was measured, as Markdown. */
final class Report {
  private final List<PeerKind> peers;
  private final List<Row> rows;
  private final Starts starts;

  Report(List<PeerKind> peers, List<Row> rows, Starts starts) {
    this.peers = peers;
    this.rows = rows;
    this.starts = starts;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Comparison of " + LocalDate.now());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "JDK %s, %s, %d processors; load %.1f at the end.",
            Runtime.version(),
            System.getProperty("os.name"),
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    lines.add("");
    runs(lines);
    means(lines);
    details(lines);
    loads(lines);
    lines.add("| target | to reach | measured | |");
    lines.add("|---|---|---|---|");
    Target.of(rows, starts).forEach(target -> lines.add(target.line()));
    return lines;
  }

  private void runs(List<String> lines) {
    lines.add("CPU milliseconds of the executing thread, instance and run; medians.");
    lines.add("");
    StringBuilder header = new StringBuilder("| program |");
    peers.forEach(peer -> header.append(' ').append(peer).append(" |"));
    peers.stream().skip(1).forEach(peer -> header.append(" ours ÷ ").append(peer).append(" |"));
    lines.add(header.toString());
    lines.add("|---" + "|---".repeat(2 * peers.size() - 1) + "|");
    rows.forEach(row -> lines.add(line(row)));
    lines.add("");
  }

  /** A program's line of the first table. */
  String line(Row row) {
    StringBuilder line = new StringBuilder("| " + row.program().name() + " |");
    peers.forEach(peer -> line.append(' ').append(number(row.median(peer))).append(" |"));
    peers.stream()
        .skip(1)
        .map(peer -> row.median(peers.get(0)) / row.median(peer))
        .forEach(ratio -> line.append(' ').append(number(ratio)).append(" |"));
    return line.toString();
  }

  private void means(List<String> lines) {
    List<Means> means = Means.of(rows, peers);
    if (!means.isEmpty()) {
      lines.add("| scripts of | number | peer | ours ÷ peer, geometric mean | most | of |");
      lines.add("|---|---|---|---|---|---|");
      means.forEach(mean -> lines.add(mean.line()));
      lines.add("");
    }
  }

  private void details(List<String> lines) {
    lines.add(
        "| program | peer | first, ms | least, ms | most, ms | instance, ms | steady after |"
            + " crashes | end, output |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      for (Map.Entry<PeerKind, Series> entry : row.series().entrySet()) {
        Series s = entry.getValue();
        int after = s.steadyAfter();
        lines.add(
            String.format(
                "| %s | %s | %s | %s | %s | %s | %s | %d | %s |",
                row.program().name(),
                entry.getKey(),
                number(s.first()),
                number(s.least()),
                number(s.most()),
                number(s.instance() > 0 ? s.instance() : Double.NaN),
                s.measured.isEmpty() ? "" : after < 0 ? "> " + s.warmUp.size() : after,
                s.deaths,
                s.measured.isEmpty() ? "does not run" : s.end() + ", " + s.output));
      }
    }
    lines.add("");
  }

  private void loads(List<String> lines) {
    lines.add("| module | peer | load, s | CPU of all threads, s | heap kept, MB |");
    lines.add("|---|---|---|---|---|");
    for (String module : starts.modules()) {
      for (PeerKind peer : PeerKind.values()) {
        if (!Double.isNaN(starts.wallSeconds(module, peer))) {
          double heap = starts.heapMegabytes(module, peer);
          lines.add(
              String.format(
                  "| %s | %s | %s | %s | %s |",
                  module,
                  peer,
                  number(starts.wallSeconds(module, peer)),
                  number(starts.cpuSeconds(module, peer)),
                  number(heap > 0 ? heap : Double.NaN)));
        }
      }
    }
    lines.add("");
  }

  /** Three digits. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    String format = value < 1 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
