package org.wasmservlet.resource;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, which holds a version until it is closed. */
final class LockingProcess implements AutoCloseable {
  private static final String HELD = "held";

  private final Process process;

  private LockingProcess(Process process) {
    this.process = process;
  }

  static LockingProcess start(Path file, String version) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockingProcess.class.getName(),
                file.toString(),
                version)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!HELD.equals(process.inputReader().readLine())) {
      process.destroyForcibly();
      throw new IOException("the other process does not hold the version");
    }
    return new LockingProcess(process);
  }

  /** The other process. */
  public static void main(String[] args) throws IOException {
    VersionLocks.open(Path.of(args[0])).hold(args[1]);
    System.out.println(HELD);
    System.in.read();
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
