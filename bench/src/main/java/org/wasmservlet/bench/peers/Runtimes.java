package org.wasmservlet.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The modules of the npm package that the sample's build has fetched and checked. */
public final class Runtimes {
  private static final String LANGUAGES = "package/dist/langs/";

  private Runtimes() {}

  /**
   * Unpacks them, once.
   *
   * @param properties what the sample's build says of them
   * @param folder where to
   */
  public static void unpack(Path properties, Path folder) throws IOException, InterruptedException {
    if (Files.exists(folder.resolve("wasm-ld.wasm"))) {
      return;
    }
    Properties fetched = new Properties();
    try (InputStream in = Files.newInputStream(properties)) {
      fetched.load(in);
    }
    String archive = fetched.getProperty("runtimes.archive");
    if (archive == null) {
      throw new IOException(properties + ": " + fetched.getProperty("runtimes.missing"));
    }
    Files.createDirectories(folder);
    files(folder, archive, "python-3.11.3");
    unpackLibrary(folder.resolve("python-3.11.3/usr/local/lib"));
    files(folder, archive, "clang-fs");
    for (String language :
        List.of("php-cgi-8.2.0", "python-3.11.3", "ruby-3.2.0", "sqlite", "clang", "wasm-ld")) {
      tar(folder, archive, "--strip-components=3", LANGUAGES + language + ".wasm");
    }
  }

  /** What a module wants to see is in an archive in the archive. */
  private static void files(Path folder, String archive, String name)
      throws IOException, InterruptedException {
    tar(folder, archive, "--strip-components=3", LANGUAGES + name + ".tar.gz");
    Path unpacked = Files.createDirectories(folder.resolve(name));
    tar(unpacked, folder.resolve(name + ".tar.gz").toString());
  }

  /** As the sample does: Python has code in Python to read its library from an archive. */
  private static void unpackLibrary(Path lib) throws IOException, InterruptedException {
    Path archive = lib.resolve("python311.zip");
    String jar = Path.of(System.getProperty("java.home"), "bin", "jar").toString();
    run(lib.resolve("python3.11"), List.of(jar, "-xf", archive.toAbsolutePath().toString()));
    Files.delete(archive);
  }

  private static void tar(Path folder, String archive, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tar", "-xzf", Path.of(archive).toAbsolutePath().toString()));
    command.addAll(List.of(more));
    run(folder, command);
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(command + " ended with " + code);
    }
  }
}
