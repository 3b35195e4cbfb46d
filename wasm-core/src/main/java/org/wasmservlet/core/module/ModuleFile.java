package org.wasmservlet.core.module;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * The identity of a module's file at one point in time.
 *
 * @param path the real path, without links
 * @param size in bytes
 * @param modified when the content last changed
 * @param key what the file system knows the file by, or null if it tells none; another file that is
 *     moved here may be as large and as old
 */
public record ModuleFile(Path path, long size, FileTime modified, Object key) {
  /** Of a module (JavaScript API, implementation-defined limits). */
  public static final long MOST_BYTES = 1L << 30;

  /**
   * Finds a file and reads its identity.
   *
   * @param file any path to it
   * @return its identity now
   * @throws IOException if it is missing, no regular file or cannot be looked at; the message names
   *     it
   */
  public static ModuleFile identify(Path file) throws IOException {
    try {
      Path real = file.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new IOException(file + ": not a regular file");
      }
      return new ModuleFile(
          real, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be read: " + describe(e), e);
    }
  }

  // Written out: the JDK's own equals and hashCode of a record leave the record's class in a cache
  // of method handles (java.lang.runtime.ObjectMethods, seen on JDK 17), and with it the class
  // loader of a web application that has long been undeployed.

  @Override
  public boolean equals(Object other) {
    return other instanceof ModuleFile file
        && size == file.size
        && path.equals(file.path)
        && modified.equals(file.modified)
        && Objects.equals(key, file.key);
  }

  @Override
  public int hashCode() {
    return path.hashCode() * 31 + modified.hashCode();
  }

  /**
   * Reads the file.
   *
   * @return its whole content
   * @throws IOException if it cannot be read or has changed since it was identified
   */
  byte[] read() throws IOException {
    if (size > MOST_BYTES) {
      throw new IOException(
          path + ": too large: " + size + " bytes, and the limit is " + MOST_BYTES);
    }
    byte[] content;
    try {
      content = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IOException(path + ": cannot be read: " + describe(e), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(path + ": too large to be loaded (" + size + " bytes)", e);
    }
    if (content.length != size || !identify(path).equals(this)) {
      throw new IOException(path + ": changed while it was being read");
    }
    return content;
  }

  private static String describe(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.toString();
  }
}
