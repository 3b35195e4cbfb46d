package org.wasmservlet.core.directory;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What holds for a directory that walks begin in, and for all that are below it. */
public interface Tree {
  /**
   * Whether a directory that has been entered stays what it was, whoever replaces it meanwhile.
   *
   * @return false if every entry is looked at each time
   */
  boolean isKept();

  /**
   * Called before each step of a walk.
   *
   * @throws RuntimeException to end the walk
   */
  default void beforeStep() {}

  /**
   * Called with what a walk has found or missed, and with each link that it has followed.
   *
   * @param in the directory of the entry
   * @param name of the entry
   * @param attributes its own; null if there is none
   */
  default void saw(Directory in, Path name, BasicFileAttributes attributes) {}

  /**
   * Where an absolute link leads.
   *
   * @param target of a link
   * @return the path from the directory that walks begin in, relative, or null if it leads
   *     elsewhere
   */
  default Path below(Path target) {
    return null;
  }
}
