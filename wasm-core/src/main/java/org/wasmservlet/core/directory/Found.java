package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Where a path leads: an entry of an open directory, whether there is one or not. */
public final class Found implements AutoCloseable {
  private final Directory directory;
  private final Path name;
  private final BasicFileAttributes attributes;
  private final boolean slash;

  /**
   * Makes the result of a walk.
   *
   * @param directory released when this is closed
   * @param name null where the path leads to the directory itself, by a name that is none
   * @param attributes null if there is no such entry
   * @param slash whether the path ends with a slash
   */
  Found(Directory directory, Path name, BasicFileAttributes attributes, boolean slash) {
    this.directory = directory;
    this.name = name;
    this.attributes = attributes;
    this.slash = slash;
  }

  /** The directory that has the entry, or that is what was looked for. */
  public Directory directory() {
    return directory;
  }

  /** The entry's name; null if the path is {@code .} or ends with {@code ..} or the like. */
  public Path name() {
    return name;
  }

  /** Whether it has no name. */
  public boolean isDirectoryItself() {
    return name == null;
  }

  /** The entry's attributes when the walk passed, or null if there was none. */
  public BasicFileAttributes attributes() throws IOException {
    return name == null ? directory.attributes() : attributes;
  }

  /** Whether there was something. */
  public boolean exists() {
    return name == null || attributes != null;
  }

  /** Whether it was a directory. */
  public boolean isDirectory() {
    return name == null || attributes != null && attributes.isDirectory();
  }

  /** Whether the path ended with a slash. */
  public boolean endsWithSlash() {
    return slash;
  }

  /** Refuses what is missing, and what is no directory though the path says so. */
  public void requireExisting() throws WasiError {
    if (!exists()) {
      throw Errno.NOENT.error();
    }
    requireDirectoryIfSlash();
  }

  /** Refuses what exists, as every call does that makes a new entry. */
  public void requireMissing() throws WasiError {
    if (exists()) {
      requireDirectoryIfSlash();
      throw Errno.EXIST.error();
    }
  }

  private void requireDirectoryIfSlash() throws WasiError {
    if (slash && !isDirectory()) {
      throw Errno.NOTDIR.error();
    }
  }

  @Override
  public void close() {
    directory.release();
  }
}
