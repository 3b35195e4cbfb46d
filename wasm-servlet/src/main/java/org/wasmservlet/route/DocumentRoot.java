package org.wasmservlet.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;

/**
 * Finds what a path names below a document root, as httpd would with AddHandler, DirectoryIndex and
 * FallbackResource: a program and the path after it, a directory's index, or a file. Thread-safe.
 *
 * <p>A program's file is never taken for a file to be shown, however a request spells its name, and
 * nothing outside the root is found, whatever links the root may have.
 */
final class DocumentRoot {
  private final Path root;
  private final List<String> indexes;
  private final List<String> programSuffixes;
  private final DenyPatterns denied;
  private final String fallback;
  private final KnownFiles knownFiles = new KnownFiles();

  /**
   * Makes a document root.
   *
   * @param fallback the path of the program for what does not exist, or null
   */
  DocumentRoot(
      Path root,
      List<String> indexes,
      List<String> programSuffixes,
      DenyPatterns denied,
      String fallback) {
    this.root = root;
    this.indexes = List.copyOf(indexes);
    this.programSuffixes =
        programSuffixes.stream().map(suffix -> suffix.toLowerCase(Locale.ROOT)).toList();
    this.denied = denied;
    this.fallback = fallback;
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
   * @param file which, without links
   * @param path the path that names it
   * @param attributes as they were when it was found
   */
  record StaticFile(Path file, String path, BasicFileAttributes attributes) implements Target {}

  /** A directory that was asked for without the slash at its end. */
  record DirectoryWithoutSlash() implements Target {}

  /** Nothing that exists. */
  record Nothing() implements Target {}

  /** What may not be shown, whether it exists or not. */
  record Withheld() implements Target {}

  /** Looks a path up; what does not exist is the fallback's, if there is one. */
  Target findOrFallBack(String path) throws IOException {
    Target found = find(path);
    return found instanceof Nothing && fallback != null ? find(fallback) : found;
  }

  /**
   * Looks a path up.
   *
   * @param path decoded; empty for the root itself without a slash
   */
  Target find(String path) throws IOException {
    Target known = knownFiles.get(path);
    return known == null ? lookUp(path) : known;
  }

  private Target lookUp(String path) throws IOException {
    if (path.isEmpty()) {
      return new DirectoryWithoutSlash();
    }
    Path at = root;
    int from = 1;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String name = path.substring(from, to);
      if (FileNames.isHidden(name) || denied.matches(path.substring(0, to))) {
        return new Withheld();
      }
      at = FileNames.isPlain(name) ? resolve(at, name) : null;
      if (at == null) {
        return new Nothing();
      }
      if (!Files.isDirectory(at)) {
        return file(at, path.substring(0, to), path.substring(to));
      }
      from = to + 1;
    }
    if (isWithheld(at.toRealPath())) {
      return new Withheld();
    }
    return path.endsWith("/") ? index(at, path) : new DirectoryWithoutSlash();
  }

  /**
   * Whether a path may be left to something that reads it by rules of its own and shows files, as
   * the container does: nobody could take it for a program or for what is withheld.
   */
  boolean isHarmless(String path) {
    int from = 1;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String name = path.substring(from, to);
      if (!FileNames.isPlain(name)
          || FileNames.isHidden(name)
          || isProgram(name)
          || denied.matches(path.substring(0, to))) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  private Target index(Path directory, String path) throws IOException {
    for (String index : indexes) {
      Target found = file(directory.resolve(index), path + index, "");
      if (!(found instanceof Nothing)) {
        return found;
      }
    }
    return new Nothing();
  }

  private Target file(Path file, String path, String rest) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new Nothing();
    }
    Path real = file.toRealPath();
    if (isWithheld(real)) {
      return new Withheld();
    }
    if (isProgram(file.getFileName().toString()) || isProgram(real.getFileName().toString())) {
      return new Program(file, path, rest.isEmpty() ? null : rest);
    }
    if (!rest.isEmpty()) {
      return new Nothing();
    }
    StaticFile found =
        new StaticFile(real, path, Files.readAttributes(real, BasicFileAttributes.class));
    knownFiles.add(file, found);
    return found;
  }

  private boolean isProgram(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return programSuffixes.stream().anyMatch(name::endsWith);
  }

  /** Links may lead to other names, and out of the root. */
  private boolean isWithheld(Path real) throws IOException {
    Path realRoot = root.toRealPath();
    if (!real.startsWith(realRoot)) {
      return true;
    }
    StringBuilder path = new StringBuilder();
    for (Path name : realRoot.relativize(real)) {
      if (denied.matches(path.append('/').append(name).toString())) {
        return true;
      }
    }
    return false;
  }

  private static Path resolve(Path directory, String name) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
