package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Writes server.md, server.svg and server.csv. */
final class Report {
  /** Rates of other systems are told as parts of this one's where it was measured. */
  private static final Kind PEER = Kind.CGI;

  private final Options options;
  private final List<Kind> kinds;
  private final Measurements measurements;
  private final String machine;

  Report(Options options, List<Kind> kinds, Measurements measurements, String machine) {
    this.options = options;
    this.kinds = kinds;
    this.measurements = measurements;
    this.machine = machine;
  }

  void write() throws IOException {
    Path folder = Files.createDirectories(options.results());
    Files.writeString(folder.resolve("server.md"), markdown());
    Files.writeString(folder.resolve("server.csv"), csv());
    Files.writeString(
        folder.resolve("server.svg"), new Chart(kinds, shared(), measurements, middle()).svg());
    System.out.println("written: " + folder.resolve("server.md"));
  }

  /** What more systems than ours are asked for. */
  private List<Program> shared() {
    return options.programs().stream().filter(program -> !program.isOurs()).toList();
  }

  /** The number of clients that latency, CPU time and the chart are told for. */
  private int middle() {
    return options.connections().contains(4) ? 4 : options.connections().get(0);
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# The server under load\n\n");
    text.append(machine.strip()).append("\n\n![Requests per second](server.svg)\n");
    text.append(summary());
    for (Program program : shared()) {
      text.append("\n## ").append(program.title).append("\n\n").append(table(program));
    }
    return text.append(ownCode()).append(files()).append(faults()).toString();
  }

  /** All programs in one table. */
  private String summary() {
    StringBuilder text =
        new StringBuilder("\nRequests per second at " + middle() + " connections:\n\n| system |");
    shared().forEach(program -> cell(text, program.title));
    text.append("\n|---|").append("---|".repeat(shared().size())).append('\n');
    for (Kind kind : kinds) {
      text.append("| ").append(kind.title).append(" |");
      shared().forEach(program -> cell(text, rate(kind, program, middle())));
      text.append('\n');
    }
    return text.toString();
  }

  private String table(Program program) {
    int clients = middle();
    int most = options.connections().get(options.connections().size() - 1);
    StringBuilder text = new StringBuilder("| system |");
    options.connections().forEach(n -> text.append(" requests/s, ").append(n).append(" |"));
    text.append(
        " ÷ native CGI, %d | p50 / p99 ms, %d | p50 / p99 ms, %d |"
            .formatted(clients, clients, most));
    text.append(" CPU ms a request, %d | memory, MB |%n".formatted(clients));
    text.append("|---|").append("---|".repeat(options.connections().size() + 5)).append('\n');
    for (Kind kind : kinds) {
      if (measurements.most(kind, program, Measurement::megabytes).isPresent()) {
        text.append("| ").append(kind.title).append(" |");
        options.connections().forEach(n -> cell(text, rate(kind, program, n)));
        cell(text, ratio(kind, program, clients));
        cell(text, latency(kind, program, clients));
        cell(text, latency(kind, program, most));
        cell(text, number(median(kind, program, clients, Measurement::cpuMillisPerRequest)));
        cell(text, number(measurements.most(kind, program, Measurement::megabytes)));
        text.append('\n');
      }
    }
    return text.toString();
  }

  static void cell(StringBuilder text, String value) {
    text.append(' ').append(value).append(" |");
  }

  private OptionalDouble median(
      Kind kind, Program program, int connections, ToDoubleFunction<Measurement> value) {
    return measurements.median(kind, program, connections, value);
  }

  private String rate(Kind kind, Program program, int connections) {
    return number(median(kind, program, connections, m -> m.load().perSecond()));
  }

  private String ratio(Kind kind, Program program, int connections) {
    OptionalDouble own = median(kind, program, connections, m -> m.load().perSecond());
    OptionalDouble peer = median(PEER, program, connections, m -> m.load().perSecond());
    return own.isPresent() && peer.isPresent()
        ? String.format(Locale.ROOT, "%.2f", own.getAsDouble() / peer.getAsDouble())
        : "";
  }

  private String latency(Kind kind, Program program, int connections) {
    return number(median(kind, program, connections, m -> m.load().p50Millis()))
        + " / "
        + number(median(kind, program, connections, m -> m.load().p99Millis()));
  }

  /** Three digits that count. */
  static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return "";
    }
    double v = value.getAsDouble();
    String format = v >= 99.95 ? "%,.0f" : v >= 9.995 ? "%.1f" : v >= 0.9995 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, v);
  }

  private String ownCode() {
    if (!options.programs().containsAll(List.of(Program.NOTHING, Program.PLAIN))) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            """

            ## Our own code

            CPU time of a request for a guest that does nothing but write three bytes, and for a servlet
            of Java on the same container that writes the same. The difference is what our servlet, the
            instance and the host function take.

            | container | requests/s, guest | servlet | CPU µs a request, guest | servlet | difference |
            |---|---|---|---|---|---|
            """);
    for (Kind kind : kinds) {
      OptionalDouble guest = ownCpu(kind, Program.NOTHING);
      OptionalDouble servlet = ownCpu(kind, Program.PLAIN);
      if (guest.isPresent() && servlet.isPresent()) {
        text.append("| ").append(kind.title).append(" |");
        cell(text, rate(kind, Program.NOTHING, ServerBench.OWN_CODE_CONNECTIONS));
        cell(text, rate(kind, Program.PLAIN, ServerBench.OWN_CODE_CONNECTIONS));
        cell(text, number(guest));
        cell(text, number(servlet));
        cell(text, number(OptionalDouble.of(guest.getAsDouble() - servlet.getAsDouble())));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private String files() {
    return new FilesTable(kinds, measurements).text();
  }

  private OptionalDouble ownCpu(Kind kind, Program program) {
    return median(
        kind, program, ServerBench.OWN_CODE_CONNECTIONS, m -> m.cpuMillisPerRequest() * 1e3);
  }

  private String faults() {
    return measurements.faults().isEmpty()
        ? ""
        : measurements.faults().stream()
            .map(fault -> "- " + fault.lines().findFirst().orElse("") + "\n")
            .collect(Collectors.joining("", "\n## Faults\n\n", ""));
  }

  private String csv() {
    StringBuilder text =
        new StringBuilder(
            "system,program,connections,requests,seconds,p50_ms,p99_ms,cpu_seconds,memory_bytes\n");
    for (Measurement m : measurements.all()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%d,%d,%.3f,%.3f,%.3f,%.2f,%d%n",
              m.kind().word,
              m.program().word(),
              m.connections(),
              m.load().requests(),
              m.load().seconds(),
              m.load().p50Millis(),
              m.load().p99Millis(),
              m.cpuSeconds(),
              m.memory()));
    }
    return text.toString();
  }
}
