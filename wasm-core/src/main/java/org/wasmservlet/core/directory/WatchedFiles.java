package org.wasmservlet.core.directory;

import java.nio.file.Path;
import java.util.Map;

/**
 * Files that a program has looked at, as they were then. Immutable; they are looked at by their
 * paths, which decides nothing but when the program is started anew.
 */
public final class WatchedFiles {
  private final Map<Path, FileMark> marks;
  private final boolean complete;

  WatchedFiles(Map<Path, FileMark> marks, boolean complete) {
    this.marks = Map.copyOf(marks);
    this.complete = complete;
  }

  /**
   * Looks at all of them.
   *
   * @return one that is not what it was, has appeared or is gone; null if there is none
   */
  public Path changed() {
    for (Map.Entry<Path, FileMark> each : marks.entrySet()) {
      if (each.getValue().isAnother(each.getKey())) {
        return each.getKey();
      }
    }
    return null;
  }

  /** How many there are. */
  public int count() {
    return marks.size();
  }

  /** Whether these are all that the program has looked at, and not the first of too many. */
  public boolean isComplete() {
    return complete;
  }
}
