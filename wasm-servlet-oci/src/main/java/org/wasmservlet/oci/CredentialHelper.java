package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Asks the programs that keep credentials for Docker: {@code docker-credential-NAME get}. */
final class CredentialHelper {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final int MOST_BYTES = 1 << 16;
  private static final String NONE = "credentials not found";

  private final UnaryOperator<String> programs;
  private final Duration patience;

  /**
   * Names the programs.
   *
   * @param programs gives the path of the one of a name
   * @param patience how long one may take
   */
  CredentialHelper(UnaryOperator<String> programs, Duration patience) {
    this.programs = programs;
    this.patience = patience;
  }

  /** Those on the path of the process, each of which has half a minute. */
  static CredentialHelper onPath() {
    return new CredentialHelper(name -> "docker-credential-" + name, Duration.ofSeconds(30));
  }

  /**
   * Asks one.
   *
   * @return empty if it has none for that server
   * @throws IOException if it cannot be asked; the message names it, and nothing that it has said
   */
  Optional<Credentials> get(String name, String server) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("docker-credential-" + name + " is no name of a program");
    }
    String program = programs.apply(name);
    Process process =
        new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String said = talk(process, program, server);
      return read(process.exitValue(), said, program);
    } finally {
      process.destroyForcibly();
    }
  }

  private String talk(Process process, String program, String server) throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(server.getBytes(UTF_8));
    } catch (IOException e) {
      // It has not read it. What it says or does not say is what counts.
    }
    InputStream out = process.getInputStream();
    CompletableFuture<String> said =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(out.readNBytes(MOST_BYTES), UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            work -> start(work, program));
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(program + " has not answered after " + patience.toSeconds() + " s");
      }
      return said.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + program + " was asked");
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(program + " cannot be heard", e);
    }
  }

  private static void start(Runnable work, String program) {
    Thread thread = new Thread(null, work, program, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    thread.start();
  }

  private static Optional<Credentials> read(int exitCode, String said, String program)
      throws IOException {
    if (exitCode != 0) {
      if (said.contains(NONE)) {
        return Optional.empty();
      }
      throw new IOException(program + " ends with exit code " + exitCode);
    }
    JsonObject answer = Json.object(said.getBytes(UTF_8), "what " + program + " says");
    String user = Json.text(answer, "Username");
    String secret = Json.text(answer, "Secret");
    if (user == null || secret == null) {
      throw new IOException(program + " says no user name or no secret");
    }
    return Optional.of(new Credentials(user, secret));
  }
}
