package org.wasmservlet.route;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the files and directories that a configuration names. Relative paths are relative to the
 * web application's root directory.
 */
final class HostFiles {
  private static final String UNPACKED = HostFiles.class.getName() + ".unpacked";

  private final ServletContext context;
  private final Path root;

  HostFiles(ServletContext context) {
    this.context = context;
    String real = context.getRealPath("/");
    this.root = real == null ? null : Path.of(real).toAbsolutePath().normalize();
  }

  /** The web application's root directory, or null if the container has not unpacked it. */
  Path root() {
    return root;
  }

  /** The container's directory for this web application's temporary files. */
  Path temporaryDirectory() {
    Object directory = context.getAttribute(ServletContext.TEMPDIR);
    return directory instanceof File file
        ? file.toPath().toAbsolutePath()
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Finds a directory.
   *
   * @throws IOException if there is none to find; the message says why, without the name
   */
  Path directory(String name) throws IOException {
    Path path = parse(name);
    if (!path.isAbsolute() && root == null) {
      throw new IOException(
          "a relative directory needs a web application that the container unpacks, and this one"
              + " is served from its archive; write an absolute path or let the container unpack"
              + " it (Tomcat: unpackWARs=\"true\")");
    }
    Path resolved = path.isAbsolute() ? path.normalize() : root.resolve(path).normalize();
    if (!Files.isDirectory(resolved)) {
      throw new IOException(
          Files.exists(resolved) ? resolved + " is not a directory" : resolved + " does not exist");
    }
    return resolved;
  }

  /**
   * Finds a file, and unpacks it where the container has not.
   *
   * @throws IOException if there is none; the message says why, without the name
   */
  Path file(String name) throws IOException {
    Path path = parse(name);
    if (path.isAbsolute()) {
      return path;
    }
    return root != null ? root.resolve(path).normalize() : unpack(path);
  }

  /** Finds a file of the web application's own, and unpacks it where the container has not. */
  Optional<Path> ownFile(String name) {
    try {
      return Optional.of(file(name)).filter(Files::isRegularFile);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Servlets of one application that name the same file share one copy, and so one module. */
  private Path unpack(Path path) throws IOException {
    String resource = "/" + path.normalize().toString().replace(File.separatorChar, '/');
    Map<String, Path> unpacked = unpacked();
    synchronized (unpacked) {
      Path present = unpacked.get(resource);
      if (present != null) {
        return present;
      }
      Path copy = copy(resource);
      unpacked.put(resource, copy);
      return copy;
    }
  }

  private Path copy(String resource) throws IOException {
    try (InputStream in = context.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no such file in the web application's archive");
      }
      Path copy = temporaryDirectory().resolve("wasm-servlet").resolve(resource.substring(1));
      Path parent = copy.getParent();
      Files.createDirectories(parent);
      // Moved into place when it is whole, over what an earlier deployment may have left.
      Path partial = Files.createTempFile(parent, "unpacking-", ".part");
      try {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, copy, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
      return copy;
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Path> unpacked() {
    synchronized (HostFiles.class) {
      Object present = context.getAttribute(UNPACKED);
      if (present == null) {
        present = new HashMap<String, Path>();
        context.setAttribute(UNPACKED, present);
      }
      return (Map<String, Path>) present;
    }
  }

  private static Path parse(String name) throws IOException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason(), e);
    }
  }
}
