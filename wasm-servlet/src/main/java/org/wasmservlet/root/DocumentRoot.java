package org.wasmservlet.root;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.tree.FileTree;
import org.wasmservlet.tree.FoundFile;
import org.wasmservlet.tree.TreeWalk;

/**
 * Finds what a path names below a document root, as httpd would with AddHandler, DirectoryIndex and
 * FallbackResource: a program and the path after it, a directory's index, or a file. Thread-safe.
 *
 * <p>A program's file is never taken for a file to be shown, however a request spells its name, and
 * nothing outside the root is found, whatever links the root may have and whatever programs do to
 * it meanwhile.
 */
public final class DocumentRoot implements AutoCloseable {
  /** What a directory with a slash is until its index is found. */
  private static final Target DIRECTORY = new Nothing();

  private static final String ANY_NAME = "name";

  private final FileTree tree;
  private final List<String> indexes;
  private final List<String> programSuffixes;
  private final DenyPatterns denied;
  private final String fallback;

  /**
   * Makes a document root.
   *
   * @param tree is this root's to close
   * @param fallback the path of the program for what does not exist, or null
   */
  DocumentRoot(
      FileTree tree,
      List<String> indexes,
      List<String> programSuffixes,
      DenyPatterns denied,
      String fallback) {
    this.tree = tree;
    this.indexes = List.copyOf(indexes);
    this.programSuffixes =
        programSuffixes.stream().map(suffix -> suffix.toLowerCase(Locale.ROOT)).toList();
    this.denied = denied;
    this.fallback = fallback;
  }

  /**
   * Where it is.
   *
   * @return as the configuration says, absolute
   */
  public Path path() {
    return tree.path();
  }

  /** What was found; to be closed. */
  public sealed interface Target extends AutoCloseable {
    @Override
    default void close() {}
  }

  /**
   * A program.
   *
   * @param file the program's file
   * @param scriptPath the path that names it
   * @param pathInfo the path after it, or null
   */
  public record Program(Path file, String scriptPath, String pathInfo) implements Target {}

  /**
   * A file to be shown.
   *
   * @param file which
   * @param path the path that names it
   */
  public record StaticFile(FoundFile file, String path) implements Target {
    @Override
    public void close() {
      file.close();
    }
  }

  /** A directory that was asked for without the slash at its end. */
  public record DirectoryWithoutSlash() implements Target {}

  /** Nothing that exists. */
  public record Nothing() implements Target {}

  /** What may not be shown, whether it exists or not. */
  public record Withheld() implements Target {}

  /** Looks a path up; what does not exist is the fallback's, if there is one. */
  public Target findOrFallBack(String path) throws IOException {
    Target found = find(path);
    return found instanceof Nothing && fallback != null ? find(fallback) : found;
  }

  /**
   * Looks a path up.
   *
   * @param path decoded; empty for the root itself without a slash
   */
  public Target find(String path) throws IOException {
    if (path.isEmpty()) {
      return new DirectoryWithoutSlash();
    }
    Target found = lookUp(path);
    return found == DIRECTORY ? index(path) : found;
  }

  /** Gives {@link #DIRECTORY} for one that is asked for with a slash. */
  private Target lookUp(String path) throws IOException {
    try (TreeWalk walk = tree.walk()) {
      int from = 1;
      while (from < path.length()) {
        int slash = path.indexOf('/', from);
        int to = slash < 0 ? path.length() : slash;
        String name = path.substring(from, to);
        if (FileNames.isHidden(name) || denied.matches(path.substring(0, to))) {
          return new Withheld();
        }
        if (!FileNames.isPlain(name)) {
          return new Nothing();
        }
        switch (walk.find(name)) {
          case FILE -> {
            return file(walk, name, path.substring(0, to), path.substring(to));
          }
          case OUTSIDE -> {
            return new Withheld();
          }
          case NOTHING -> {
            return new Nothing();
          }
          default -> from = to + 1;
        }
      }
      if (isWithheld(walk)) {
        return new Withheld();
      }
      return path.endsWith("/") ? DIRECTORY : new DirectoryWithoutSlash();
    } catch (NoSuchFileException e) {
      // The root itself is not there at the moment.
      return new Nothing();
    }
  }

  /**
   * Whether a path may be left to something that reads it by rules of its own and shows files, as
   * the container does: nobody could take it for a program or for what is withheld.
   */
  public boolean isHarmless(String path) {
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

  private Target index(String path) throws IOException {
    for (String index : indexes) {
      Target found = lookUp(path + index);
      if (found instanceof Program || found instanceof StaticFile || found instanceof Withheld) {
        return found;
      }
    }
    return new Nothing();
  }

  private Target file(TreeWalk walk, String name, String path, String rest) throws IOException {
    if (isWithheld(walk)) {
      return new Withheld();
    }
    if (isProgram(name) || isProgram(walk.real().getFileName().toString())) {
      return new Program(path().resolve(path.substring(1)), path, rest.isEmpty() ? null : rest);
    }
    return rest.isEmpty() ? new StaticFile(walk.file(), path) : new Nothing();
  }

  private boolean isProgram(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return programSuffixes.stream().anyMatch(name::endsWith);
  }

  /** Links may lead to other names; those of the path itself have been looked at. */
  private boolean isWithheld(TreeWalk walk) {
    if (!walk.hasFollowedLinks()) {
      return false;
    }
    StringBuilder path = new StringBuilder();
    for (Path name : walk.relative()) {
      if (FileNames.isContainers(name.toString())
          || denied.matches(path.append('/').append(name).toString())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a program can make the file's path, or the one that names it, lead elsewhere. */
  public boolean canChange(StaticFile file) {
    return GivenDirectories.isWritable(file.file().path())
        || file.file().isFoundByLinks() && GivenDirectories.isWritableInPart(tree.real());
  }

  /**
   * Whether a program can make a path lead elsewhere, or to something where there is nothing.
   *
   * @param path decoded
   */
  public boolean canChange(String path) throws IOException {
    if (!GivenDirectories.isWritableInPart(tree.real())) {
      return false;
    }
    Path at = tree.real();
    try (TreeWalk walk = tree.walk()) {
      for (String name : path.split("/")) {
        if (name.isEmpty()) {
          continue;
        }
        TreeWalk.Entry entry = walk.find(name);
        if (walk.hasFollowedLinks()) {
          return true;
        }
        if (entry != TreeWalk.Entry.DIRECTORY) {
          break;
        }
        at = walk.real();
      }
    } catch (NoSuchFileException e) {
      return true;
    }
    return GivenDirectories.isWritable(at.resolve(ANY_NAME));
  }

  @Override
  public void close() {
    tree.close();
  }
}
