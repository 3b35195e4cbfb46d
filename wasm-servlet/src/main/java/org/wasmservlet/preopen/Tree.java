package org.wasmservlet.preopen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which directory holds which, by what the file system knows them by: a directory may have
 * several paths, by case or by mounts. Used for one look and thrown away.
 */
final class Tree {
  private final Map<Path, Object> keys = new HashMap<>();

  /**
   * Whether something lies in a directory, or is that.
   *
   * @param inner without links
   */
  boolean holds(Path outer, Path inner) {
    Object wanted = key(outer);
    for (Path at = inner; at != null; at = at.getParent()) {
      if (key(at).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  boolean areSame(Path one, Path other) {
    return key(one).equals(key(other));
  }

  private Object key(Path path) {
    return keys.computeIfAbsent(path, Tree::look);
  }

  private static Object look(Path path) {
    try {
      Object key =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? path : key;
    } catch (IOException e) {
      // It is not there, or the file system has no numbers.
      return path;
    }
  }
}
