package org.wasmservlet.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What runs a module. */
public enum PeerKind {
  /** Our compiler and host. */
  OURS,
  /** Ours, with what an earlier process has prepared; the first one prepares it. */
  PREPARED,
  /** Ours, but the program is frozen where it opens its file, and goes on from there. */
  RESUMED,
  /** Chicory's compiler and host. */
  CHICORY,
  /** V8, by node:wasi. */
  V8,
  /** wasmtime, by its Python package; the interpreter is {@code -Dpython=}. */
  WASMTIME;

  /** Where its collector marks while programs run, node 20 crashes with modules of this size. */
  private static final String NO_MARKING = "--no-incremental-marking";

  private static final Path SCRIPTS = Path.of("src/main/peers").toAbsolutePath();

  /** The kind of a name on the command line. */
  public static PeerKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Tells whether this machine has it.
   *
   * @return why not, or null if it has
   */
  public String missing() {
    return switch (this) {
      case OURS, PREPARED, RESUMED, CHICORY -> null;
      case V8 ->
          fails("node", NO_MARKING, "--version")
              ? "node is not installed, or does not know " + NO_MARKING
              : null;
      case WASMTIME ->
          fails(python(), "-c", "import wasmtime")
              ? python() + " has no package wasmtime; -Dpython= names one that has"
              : null;
    };
  }

  List<String> command(Path module) {
    return switch (this) {
      case OURS, PREPARED, RESUMED, CHICORY ->
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx4g",
              "-Xss64m",
              "-cp",
              System.getProperty("java.class.path"),
              JvmPeer.class.getName(),
              name(),
              module.toString());
      case V8 ->
          List.of(
              "node",
              "--no-warnings",
              NO_MARKING,
              SCRIPTS.resolve("node-wasi.mjs").toString(),
              module.toString());
      case WASMTIME ->
          List.of(python(), SCRIPTS.resolve("wasmtime-wasi.py").toString(), module.toString());
    };
  }

  private static String python() {
    return System.getProperty("python", "python3");
  }

  private static boolean fails(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() != 0;
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
