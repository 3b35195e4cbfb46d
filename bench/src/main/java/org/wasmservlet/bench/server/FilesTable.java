package org.wasmservlet.bench.server;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What a file costs through our filter, beside the container's own way of showing it. */
final class FilesTable {
  private final List<Kind> kinds;
  private final Measurements measurements;

  FilesTable(List<Kind> kinds, Measurements measurements) {
    this.kinds = kinds;
    this.measurements = measurements;
  }

  /** Empty if no files were measured. */
  String text() {
    StringBuilder rows = new StringBuilder();
    for (Kind kind : kinds) {
      row(rows, kind, "1 KB", Program.FILE_1KB, Program.ROOT_1KB, Program.OUTSIDE_1KB);
      row(rows, kind, "100 KB", Program.FILE_100KB, Program.ROOT_100KB, Program.OUTSIDE_100KB);
      row(rows, kind, "2 MB", Program.FILE_2MB, Program.ROOT_2MB, Program.OUTSIDE_2MB);
    }
    return rows.isEmpty()
        ? ""
        : """

          ## Files

          CPU time of a request for a file in the web application's root by the container's default servlet,
          by the same behind our filter, and by our filter out of a directory outside; at %d connections.

          | file | CPU µs a request | behind the filter | ÷ | outside | ÷ | requests/s | behind the filter | outside |
          |---|---|---|---|---|---|---|---|---|
          """
                .formatted(ServerBench.OWN_CODE_CONNECTIONS)
            + rows;
  }

  private void row(
      StringBuilder rows, Kind kind, String size, Program own, Program behind, Program outside) {
    OptionalDouble cpu = cpu(kind, own);
    if (cpu.isEmpty()) {
      return;
    }
    rows.append("| ").append(size).append(" |");
    Report.cell(rows, Report.number(cpu));
    for (Program program : List.of(behind, outside)) {
      OptionalDouble ours = cpu(kind, program);
      Report.cell(rows, Report.number(ours));
      Report.cell(rows, Report.number(ratio(ours, cpu)));
    }
    for (Program program : List.of(own, behind, outside)) {
      Report.cell(rows, Report.number(median(kind, program, m -> m.load().perSecond())));
    }
    rows.append('\n');
  }

  private OptionalDouble cpu(Kind kind, Program program) {
    return median(kind, program, m -> m.cpuMillisPerRequest() * 1e3);
  }

  private OptionalDouble median(Kind kind, Program program, ToDoubleFunction<Measurement> value) {
    return measurements.median(kind, program, ServerBench.OWN_CODE_CONNECTIONS, value);
  }

  private static OptionalDouble ratio(OptionalDouble a, OptionalDouble b) {
    return a.isEmpty() ? a : OptionalDouble.of(a.getAsDouble() / b.getAsDouble());
  }
}
