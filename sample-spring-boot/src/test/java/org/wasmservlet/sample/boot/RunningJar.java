package org.wasmservlet.sample.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An executable jar or WAR in a process of its own, as {@code java -jar} starts it. */
final class RunningJar implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
  private static final long STOPS_WITHIN_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final List<String> log = new ArrayList<>();
  private int port;

  /**
   * Starts it, and waits until it has started or failed.
   *
   * @param folder where it has its temporary files, in tmp, and the user's cache directory, in
   *     cache
   */
  RunningJar(Path jar, Path folder, String... arguments) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-jar",
                jar.toString(),
                "--server.port=0",
                "--server.address=127.0.0.1"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.redirectErrorStream(true);
    process = builder.start();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.add(line);
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        port = Integer.parseInt(matcher.group(1));
      }
      if (line.contains(": Started SampleApplication in ")) {
        break;
      }
    }
  }

  boolean hasStarted() {
    return port != 0 && process.isAlive();
  }

  /** What it has printed up to now: up to its start, and when it has ended, all. */
  String log() {
    return String.join("\n", log);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Stops it as an operator does. */
  @Override
  public void close() throws IOException {
    // Not by the process itself, which would close its output as well.
    process.toHandle().destroy();
    process.inputReader().lines().forEach(log::add);
    try {
      process.onExit().orTimeout(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      process.destroyForcibly();
      throw new IOException("does not stop:\n" + log(), e);
    }
  }
}
