package org.wasmservlet.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JVM with a container and our servlets. */
final class OurSystem {
  private OurSystem() {}

  static Running start(Kind kind, Options options, Site site, Path folder)
      throws IOException, InterruptedException {
    Path port = folder.resolve("port");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.javaFlags());
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + folder,
            "-classpath",
            classPath(kind),
            GuestServer.class.getName(),
            kind.word,
            site.work().toString(),
            site.runtimes().toString(),
            site.sample().toString(),
            folder.resolve("container").toString(),
            port.toString()));
    options.programs().stream()
        .filter(kind.programs()::contains)
        .forEach(program -> command.add(program.word()));
    Child java = Child.start(command, Map.of(), folder.resolve("log"));
    try {
      return new Running(kind, Running.awaitPort(java, port), List.of(java));
    } catch (IOException e) {
      java.close();
      throw e;
    }
  }

  /** Of the two servlet APIs, the one that the container implements is found first. */
  private static String classPath(Kind kind) {
    String ours = System.getProperty("java.class.path");
    if (kind != Kind.JETTY) {
      return ours;
    }
    Comparator<String> theApiFirst =
        Comparator.comparing(entry -> !entry.contains("jakarta.servlet-api"));
    return Arrays.stream(ours.split(File.pathSeparator))
        .sorted(theApiFirst)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
