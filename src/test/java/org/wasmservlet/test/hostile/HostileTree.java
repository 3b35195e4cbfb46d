package org.wasmservlet.test.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Scratch;

/**
 * A guest's directory, and beside it what the guest must not reach: with every link that leads
 * there which a careless administrator or another program could have left.
 */
final class HostileTree implements AutoCloseable {
  /** What no response may have. */
  static final String SECRET = "top secret";

  private final Path top;
  private final Path root;

  HostileTree() throws IOException {
    top = Scratch.directory("hostile");
    Path outside = Files.createDirectory(top.resolve("outside"));
    Files.writeString(outside.resolve("secret"), SECRET);
    Files.createDirectories(outside.resolve("directory/inner"));
    root = Files.createDirectory(top.resolve("root"));
    Files.writeString(root.resolve("mine"), "mine");
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/file"), "file");
    Files.createDirectory(root.resolve("swapped"));
    Files.writeString(root.resolve("swapped/secret"), "inside");
    link("out", Path.of("../outside"));
    link("d/out", Path.of("../../outside"));
    link("absolute", outside);
    link("chain", Path.of("d/../out"));
    link("secret", Path.of("../outside/secret"));
    link("secret-absolute", outside.resolve("secret"));
    link("dangling", Path.of("../outside/new"));
    link("zero", Path.of("/dev/zero"));
    // There in the working directory of the JVM, and not beside the link.
    link("cwd", Path.of("pom.xml"));
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), target);
  }

  Path root() {
    return root;
  }

  Path outside() {
    return top.resolve("outside");
  }

  /** All that is outside: names, types, contents, owners and times; and what is beside it. */
  Map<String, String> outsideManifest() throws IOException {
    Map<String, String> manifest = manifest(outside());
    try (Stream<Path> beside = Files.list(top)) {
      manifest.put("beside", beside.map(Path::toString).sorted().toList().toString());
    }
    return manifest;
  }

  Map<String, String> rootManifest() throws IOException {
    return manifest(root);
  }

  /** Deletes all of it: guests leave links in circles, which build tools would follow for ever. */
  @Override
  public void close() throws IOException {
    if (Files.exists(top)) {
      try (Stream<Path> files = Files.walk(top)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Map<String, String> manifest(Path directory) throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        manifest.put(
            directory.relativize(file).toString(),
            new TreeMap<>(
                    Files.readAttributes(
                        file,
                        "unix:mode,size,nlink,ino,uid,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS))
                + (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readString(file)
                    : ""));
      }
    }
    return manifest;
  }
}
