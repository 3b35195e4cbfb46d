package org.wasmservlet.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which paths have led to files that may be shown, so that one look at the file answers
 * for all the looks at the names of its path. It counts only while the path leads to the very same
 * file of the file system, unchanged: a number that a file system gives again to another file is no
 * identity without the time. Thread-safe.
 */
final class KnownFiles {
  /** An application has some hundred files that are asked for again and again. */
  private static final int MOST = 1000;

  private static final int LONGEST_PATH = 500;

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * What a path has led to.
   *
   * @param asked the file by the names of the path
   * @param real the same without links
   * @param attributes when it was found
   */
  private record Known(Path asked, Path real, BasicFileAttributes attributes) {
    boolean is(BasicFileAttributes now) {
      return now.isRegularFile()
          && now.size() == attributes.size()
          && now.lastModifiedTime().equals(attributes.lastModifiedTime())
          && attributes.fileKey().equals(now.fileKey());
    }
  }

  /** The file of a path, as it is now; null if that has to be found out. */
  DocumentRoot.StaticFile get(String path) {
    Known file = known.get(path);
    if (file == null) {
      return null;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file.asked, BasicFileAttributes.class);
      if (file.is(attributes)) {
        return new DocumentRoot.StaticFile(file.real, path, attributes);
      }
    } catch (IOException e) {
      // It has gone, or cannot be reached any more.
    }
    known.remove(path);
    return null;
  }

  /**
   * Remembers a file where the file system can tell it from others.
   *
   * @param asked the file by the names of the path
   */
  void add(Path asked, DocumentRoot.StaticFile file) {
    if (file.attributes().fileKey() == null || file.path().length() > LONGEST_PATH) {
      return;
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(file.path(), new Known(asked, file.file(), file.attributes()));
  }
}
