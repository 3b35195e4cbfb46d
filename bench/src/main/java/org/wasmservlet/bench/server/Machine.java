package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says on what was measured, and how. */
final class Machine {
  private Machine() {}

  static String describe(Options options, Tools tools) throws IOException {
    Runtime.Version java = Runtime.version();
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return """
    %d processors (%s), which the load generator shares; JDK %s with `%s`, %s.
    Medians of %d rounds of %d s each after %d s of warm-up for each interpreter in each JVM.
    """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor,
            java.feature() + "." + java.interim() + "." + java.update(),
            String.join(" ", options.javaFlags()),
            tools.versions(),
            options.rounds(),
            options.seconds(),
            options.warmUp());
  }
}
