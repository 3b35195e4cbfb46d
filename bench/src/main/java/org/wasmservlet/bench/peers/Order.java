package org.wasmservlet.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a peer is told to run, as a file of lines that peers in three languages read: a key, a space
 * and the value.
 *
 * @param entryPoint the export to call
 * @param stderr where diagnostics go; null for the peer's own
 * @param freezeAt the path whose opening the program is frozen in by a peer that does that, empty
 *     for the first read of standard input; null for no place
 * @param limit after which the program is stopped, where the peer can
 */
public record Order(
    List<String> arguments,
    Map<String, String> environment,
    Map<String, Path> preopens,
    String entryPoint,
    Path stdin,
    Path stdout,
    Path stderr,
    Duration limit,
    String freezeAt) {

  /** Writes it to a file. */
  public void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    arguments.forEach(argument -> lines.add("arg " + argument));
    environment.forEach((name, value) -> lines.add("env " + name + " " + value));
    preopens.forEach((guest, host) -> lines.add("dir " + guest + " " + host));
    lines.add("entry " + entryPoint);
    lines.add("stdin " + stdin);
    lines.add("stdout " + stdout);
    if (stderr != null) {
      lines.add("stderr " + stderr);
    }
    lines.add("seconds " + limit.toSeconds());
    if (freezeAt != null) {
      lines.add("freeze " + freezeAt);
    }
    if (lines.stream().anyMatch(line -> line.indexOf('\n') >= 0)) {
      throw new IllegalArgumentException("a value has a line break: " + lines);
    }
    Files.write(file, lines);
  }

  /** Reads what was written. */
  static Order read(Path file) throws IOException {
    List<String> arguments = new ArrayList<>();
    Map<String, String> environment = new LinkedHashMap<>();
    Map<String, Path> preopens = new LinkedHashMap<>();
    Map<String, String> single = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "arg" -> arguments.add(words[1]);
        case "env" -> {
          String[] variable = words[1].split(" ", 2);
          environment.put(variable[0], variable[1]);
        }
        case "dir" -> {
          String[] mapping = words[1].split(" ", 2);
          preopens.put(mapping[0], Path.of(mapping[1]));
        }
        default -> single.put(words[0], words[1]);
      }
    }
    return new Order(
        arguments,
        environment,
        preopens,
        single.get("entry"),
        Path.of(single.get("stdin")),
        Path.of(single.get("stdout")),
        single.containsKey("stderr") ? Path.of(single.get("stderr")) : null,
        Duration.ofSeconds(Long.parseLong(single.get("seconds"))),
        single.get("freeze"));
  }
}
