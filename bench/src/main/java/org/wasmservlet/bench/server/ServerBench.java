package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Measures systems that serve the same programs, one after the other in every round, and writes
 * tables and a chart. Fails if a system does not give the answer of the others or wrk saw an error.
 */
public final class ServerBench {
  private static final int WARM_UP_CONNECTIONS = 4;

  /** HotSpot has compiled most of PHP or Python by then. */
  private static final int WARM_UP_REQUESTS = 300;

  private static final int WARM_UP_PARTS = 5;

  /** What is there to tell what our own code costs is measured with so many clients. */
  static final int OWN_CODE_CONNECTIONS = 4;

  private final Options options;
  private final Wrk wrk;
  private final Answer answer = new Answer();
  private final Measurements measurements = new Measurements();

  /** What gave a wrong answer at once. */
  private final Set<Pair> broken = new HashSet<>();

  private record Pair(Kind kind, Program program) {}

  private ServerBench(Options options, Tools tools) {
    this.options = options;
    this.wrk = new Wrk(tools.wrk(), options.work());
  }

  /**
   * Measures; told by the system properties of {@link Options}.
   *
   * @param arguments none
   * @throws Exception if a system does not start, or the report cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.fromProperties();
    Tools tools = Tools.find();
    Files.createDirectories(options.work());
    Site site = new Site(options.work(), options.runtimes(), options.sample());
    site.make(tools, options.frameworks());
    if (options.programs().stream().anyMatch(Program::isWordPress)) {
      site.wordPress().make(tools);
    }
    ServerBench bench = new ServerBench(options, tools);
    List<Kind> kinds = Kind.wanted(options);
    List<Running> systems = new ArrayList<>();
    try {
      for (Kind kind : kinds) {
        systems.add(Running.start(kind, options, site, tools));
      }
      bench.measure(systems);
    } finally {
      systems.forEach(Running::close);
    }
    new Report(options, kinds, bench.measurements, Machine.describe(options, tools)).write();
    bench.measurements.faults().forEach(fault -> print("FAULT: %s", fault));
    System.exit(bench.measurements.faults().isEmpty() ? 0 : 1);
  }

  private void measure(List<Running> systems) throws IOException, InterruptedException {
    for (Running system : systems) {
      for (Program program : programs(system)) {
        warmUp(system, program);
      }
    }
    for (int round = 1; round <= options.rounds(); round++) {
      for (Program program : options.programs()) {
        for (int connections : connections(program)) {
          for (Running system : systems) {
            measure(round, system, program, connections);
          }
        }
      }
    }
  }

  private List<Program> programs(Running system) {
    return options.programs().stream().filter(system.kind().programs()::contains).toList();
  }

  private List<Integer> connections(Program program) {
    return program.isOurs() || program.isWordPress()
        ? List.of(OWN_CODE_CONNECTIONS)
        : options.connections();
  }

  private void warmUp(Running system, Program program) throws IOException, InterruptedException {
    if (answerLength(system, program) < 0) {
      broken.add(new Pair(system.kind(), program));
      return;
    }
    int seconds = system.kind().isOurs() ? options.warmUp() : 1;
    int part = program.isInterpreted() ? seconds : Math.max(1, seconds / 4);
    long requests = 0;
    for (int i = 0; i < WARM_UP_PARTS && requests < enough(system, program); i++) {
      requests += wrk.run(system.port(), program, WARM_UP_CONNECTIONS, part).requests();
    }
    print("warm-up %s, %s: %d requests", system.kind().word, program.title, requests);
    new Calm(system.processes()).await();
  }

  /** A slow machine takes longer to be warm. */
  private static long enough(Running system, Program program) {
    return system.kind().isOurs() && program.isInterpreted() ? WARM_UP_REQUESTS : 1;
  }

  private void measure(int round, Running system, Program program, int connections)
      throws IOException, InterruptedException {
    if (!system.kind().programs().contains(program)
        || broken.contains(new Pair(system.kind(), program))) {
      return;
    }
    ProcessTree processes = system.processes();
    CpuUsage before = processes.cpu();
    Load load;
    double cpu;
    long memory;
    try (MemoryWatch watch = new MemoryWatch(processes)) {
      load = wrk.run(system.port(), program, connections, seconds(program, connections));
      cpu = cpuSince(before, processes.cpu(), system.kind());
      memory = watch.most();
    }
    new Calm(processes).await();
    Measurement measurement =
        new Measurement(system.kind(), program, connections, load, cpu, memory);
    print(
        "%d %-14s %-15s %2d: %9.1f/s, p50 %.2f ms, p99 %.2f ms, CPU %.3f ms, %.0f MB, %d errors",
        round,
        system.kind().word,
        program.title,
        connections,
        load.perSecond(),
        load.p50Millis(),
        load.p99Millis(),
        measurement.cpuMillisPerRequest(),
        measurement.megabytes(),
        load.errors());
    int length = answerLength(system, program);
    if (load.errors() > 0 || load.bytes() < load.requests() * length) {
      fault(
          system,
          program,
          "wrk saw errors (" + load.kinds() + ") or bytes are missing, at " + connections);
    } else if (length >= 0) {
      measurements.add(measurement);
    }
  }

  /** Longer where many wait for an interpreter: some answers take seconds then. */
  private int seconds(Program program, int connections) {
    return program.isInterpreted() ? options.seconds() * (1 + connections / 32) : options.seconds();
  }

  private static double cpuSince(CpuUsage before, CpuUsage after, Kind kind) {
    return kind.losesChildren() ? after.secondsOfMachineSince(before) : after.secondsSince(before);
  }

  /** In bytes, or -1 if the answer is wrong. */
  private int answerLength(Running system, Program program) throws InterruptedException {
    try {
      return answer.check(system, program);
    } catch (IOException e) {
      fault(system, program, String.valueOf(e));
      return -1;
    }
  }

  /** The run goes on, but fails in the end. */
  private void fault(Running system, Program program, String what) {
    String fault = program.title + " on " + system.kind().word + ": " + what;
    measurements.addFault(fault);
    print("FAULT: %s", fault);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
