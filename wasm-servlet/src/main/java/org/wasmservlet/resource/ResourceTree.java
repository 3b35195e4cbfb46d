package org.wasmservlet.resource;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Files by their paths below a directory, in the order of these paths. A path leads nowhere but
 * down, and there are not more of them than an archive should have. Closing it closes the archives
 * that it was found in. For one thread.
 */
final class ResourceTree implements Closeable {
  private static final int FILES_AT_MOST = 100_000;
  private static final int DEPTH_AT_MOST = 100;

  private final NavigableMap<String, Source> files = new TreeMap<>();
  private final List<Closeable> archives = new ArrayList<>();

  /** Opens a file. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Adds a file, unless there is one of that path: what is found first counts.
   *
   * @param path with slashes between its names
   * @throws IOException if the path leads elsewhere, or there are too many
   */
  void add(String path, Source source) throws IOException {
    String[] names = path.split("/", -1);
    for (String name : names) {
      if (!isPlain(name)) {
        throw new IOException("the archive has a file of the name '" + path + "'");
      }
    }
    if (names.length > DEPTH_AT_MOST || files.size() >= FILES_AT_MOST) {
      throw new IOException(
          "has more than " + FILES_AT_MOST + " files, or directories deeper than " + DEPTH_AT_MOST);
    }
    files.putIfAbsent(path, source);
  }

  /** Keeps an archive open until this is closed. */
  void keep(Closeable archive) {
    archives.add(archive);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  Iterable<Map.Entry<String, Source>> files() {
    return files.entrySet();
  }

  static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0;
  }

  @Override
  public void close() throws IOException {
    for (Closeable archive : archives) {
      archive.close();
    }
  }
}
