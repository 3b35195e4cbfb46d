package org.wasmservlet.preopen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the host keeps something that no program may change, or works by path. Immutable.
 *
 * @param name what it is, as messages say it
 * @param path where it is, without links as far as it exists
 * @param extent what of it is the host's
 */
public record HostPlace(String name, Path path, Extent extent) {
  /** The directory of a place for temporary files in which directories for programs are made. */
  public static final String SHARED = "wasm-shared";

  /** How much of a place is the host's. */
  public enum Extent {
    /** All that is in it. */
    ALL,
    /**
     * All that is in it but the directories that the host makes for programs, in {@link #SHARED}.
     */
    TEMPORARY,
    /** The place itself; a directory in it may be anybody's. */
    ITSELF,
    /** A file that programs must not even read. */
    UNREADABLE
  }

  /**
   * Makes a place.
   *
   * @param name what it is
   * @param path where; links are followed now
   * @param extent what of it is the host's
   * @return the place
   */
  public static HostPlace of(String name, Path path, Extent extent) {
    return new HostPlace(name, withoutLinks(path.toAbsolutePath().normalize()), extent);
  }

  /** Whether what lies in it is the host's, too. */
  boolean isWhole() {
    return extent == Extent.ALL || extent == Extent.TEMPORARY;
  }

  /** What is not there yet will be where its path leads now. */
  private static Path withoutLinks(Path path) {
    Path parent = path.getParent();
    try {
      return Files.exists(path) || parent == null
          ? path.toRealPath()
          : withoutLinks(parent).resolve(path.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be resolved", e);
    }
  }
}
