package org.wasmservlet.bench.server;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is measured, from system properties of the same names.
 *
 * @param systems words of {@link Systems}
 * @param programs words of {@link Program}
 * @param connections numbers of clients
 * @param seconds how long one run of wrk lasts
 * @param rounds how often everything is measured
 * @param warmUp seconds for each interpreter in each JVM
 * @param javaFlags of our own servers
 * @param frameworks where pip has installed Flask and Django, or null
 * @param modWasm mod_wasm.so with libwasm_runtime.so beside it, or null
 * @param runtimes the folder of PHP and Python
 * @param sample the folder of the sample's guests
 * @param work a folder for everything that is made
 * @param results the folder of the tables and the chart
 */
record Options(
    List<String> systems,
    List<Program> programs,
    List<Integer> connections,
    int seconds,
    int rounds,
    int warmUp,
    List<String> javaFlags,
    Path frameworks,
    Path modWasm,
    Path runtimes,
    Path sample,
    Path work,
    Path results) {
  static Options fromProperties() {
    String modWasm = System.getProperty("mod_wasm", "");
    Path sample = Path.of("../sample-webapp").toAbsolutePath().normalize();
    return new Options(
        words("systems").toList(),
        wantedPrograms(),
        words("connections").map(Integer::valueOf).toList(),
        Integer.getInteger("seconds"),
        Integer.getInteger("rounds"),
        Integer.getInteger("warmup"),
        List.of(System.getProperty("java.flags").split(" ")),
        installedFrameworks(),
        modWasm.isEmpty() ? null : Path.of(modWasm).toAbsolutePath(),
        sample.resolve("target/runtimes"),
        sample,
        Path.of("target/server").toAbsolutePath(),
        Path.of(System.getProperty("results")).toAbsolutePath());
  }

  private static List<Program> wantedPrograms() {
    List<String> wanted = words("programs").toList();
    List<String> known = Arrays.stream(Program.values()).map(Program::word).toList();
    wanted.stream()
        .filter(word -> !known.contains(word))
        .forEach(
            word -> {
              throw new IllegalArgumentException("no program '" + word + "'; there are " + known);
            });
    return Arrays.stream(Program.values())
        .filter(program -> wanted.isEmpty() || wanted.contains(program.word()))
        .filter(program -> !program.isFramework() || installedFrameworks() != null)
        .toList();
  }

  private static Path installedFrameworks() {
    String folder = System.getProperty("frameworks.python", "");
    return folder.isEmpty() ? null : Path.of(folder).toAbsolutePath();
  }

  private static Stream<String> words(String property) {
    return Arrays.stream(System.getProperty(property, "").split(","))
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty());
  }
}
