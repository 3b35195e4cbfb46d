package org.wasmservlet.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Finds what a path names below a document root, as httpd would with AddHandler and DirectoryIndex:
 * a program and the path after it, a directory's index, or a file. Immutable.
 *
 * <p>A program's file is never taken for a file to be shown, however a request spells its name, and
 * nothing outside the root is found, whatever links the root may have.
 */
final class DocumentRoot {
  private final Path root;
  private final List<String> indexes;
  private final List<String> programSuffixes;

  DocumentRoot(Path root, List<String> indexes, List<String> programSuffixes) {
    this.root = root;
    this.indexes = List.copyOf(indexes);
    this.programSuffixes =
        programSuffixes.stream().map(suffix -> suffix.toLowerCase(Locale.ROOT)).toList();
  }

  Path path() {
    return root;
  }

  /** What was found. */
  sealed interface Target {}

  /**
   * A program.
   *
   * @param file the program's file
   * @param scriptPath the path that names it
   * @param pathInfo the path after it, or null
   */
  record Program(Path file, String scriptPath, String pathInfo) implements Target {}

  /**
   * A file to be shown.
   *
   * @param file which
   */
  record StaticFile(Path file) implements Target {}

  /** A directory that was asked for without the slash at its end. */
  record DirectoryWithoutSlash() implements Target {}

  /** Nothing, or nothing that may be shown. */
  record Nothing() implements Target {}

  /**
   * Looks a path up.
   *
   * @param path decoded; empty for the root itself without a slash
   */
  Target find(String path) throws IOException {
    if (path.isEmpty()) {
      return new DirectoryWithoutSlash();
    }
    Path at = root;
    int from = 1;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      at = child(at, path.substring(from, to));
      if (at == null) {
        return new Nothing();
      }
      if (!Files.isDirectory(at)) {
        return file(at, path.substring(0, to), path.substring(to));
      }
      from = to + 1;
    }
    return path.endsWith("/") ? index(at, path) : new DirectoryWithoutSlash();
  }

  private Target index(Path directory, String path) throws IOException {
    for (String index : indexes) {
      Path file = child(directory, index);
      if (file != null && !Files.isDirectory(file)) {
        return file(file, path + index, "");
      }
    }
    return new Nothing();
  }

  private Target file(Path file, String path, String rest) throws IOException {
    Path real = file.toRealPath();
    if (isProgram(file) || isProgram(real)) {
      return new Program(file, path, rest.isEmpty() ? null : rest);
    }
    return rest.isEmpty() ? new StaticFile(real) : new Nothing();
  }

  private boolean isProgram(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return programSuffixes.stream().anyMatch(name::endsWith);
  }

  /** A name in a directory, or null if it is not there, is not to be shown or leads outside. */
  private Path child(Path directory, String name) throws IOException {
    if (isHidden(name)) {
      return null;
    }
    try {
      Path child = directory.resolve(name);
      boolean regular = Files.isRegularFile(child) || Files.isDirectory(child);
      return regular && child.toRealPath().startsWith(root.toRealPath()) ? child : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * Names that mean something to a file system or to a server rather than to a visitor: dot-files
   * (.htaccess, .env, .git, and the dots that lead upwards), and spellings that some file systems
   * take for another name (NAME. , NAME::$DATA).
   */
  private static boolean isHidden(String name) {
    return name.isEmpty()
        || name.startsWith(".") && !name.equals(".well-known")
        || name.endsWith(".")
        || name.endsWith(" ")
        || name.indexOf('\\') >= 0
        || name.indexOf(':') >= 0
        || name.indexOf('\0') >= 0;
  }
}
