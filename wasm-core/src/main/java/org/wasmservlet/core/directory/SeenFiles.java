package org.wasmservlet.core.directory;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one program looks at while it begins: files that it opens or looks up, missing ones too, and
 * directories that it lists. What it changes itself is its own business. For one thread.
 */
public final class SeenFiles {
  /** A program that looks for more is not watched any further. */
  static final int MOST = 1 << 16;

  private final Map<Path, FileMark> marks = new HashMap<>();
  private final Set<Path> written = new HashSet<>();
  private final Set<Path> changedDirectories = new HashSet<>();
  private boolean complete = true;

  /** Makes one that has seen nothing. */
  public SeenFiles() {}

  /**
   * Makes one for a program that goes on.
   *
   * @param before what it has seen until then
   */
  public SeenFiles(WatchedFiles before) {
    marks.putAll(before.marks());
    complete = before.isComplete();
    if (before.written() != null) {
      written.add(before.written());
    }
  }

  /**
   * An entry has been looked up.
   *
   * @param attributes its own; null if there is none
   */
  public void saw(Directory parent, Path name, BasicFileAttributes attributes) {
    Path path = path(parent, name);
    // As it was first: whatever it has become since, the program may have seen that.
    if (!marks.containsKey(path) && hasRoom()) {
      marks.put(path, FileMark.of(attributes));
    }
  }

  /**
   * A directory has been listed.
   *
   * @param attributes its own, from before that
   */
  public void listed(Directory directory, BasicFileAttributes attributes) {
    Path path = directory.hostPath();
    if (!isListed(path) && hasRoom()) {
      marks.put(path, FileMark.listed(attributes));
    }
  }

  /** A file may have been written to; the directory itself if there is no name. */
  public void writes(Directory parent, Path name) {
    if (hasRoom()) {
      written.add(path(parent, name));
    }
  }

  /** An entry has been made, removed or given another name. */
  public void changes(Directory parent, Path name) {
    writes(parent, name);
    changedDirectories.add(parent.hostPath());
  }

  private boolean isListed(Path directory) {
    FileMark mark = marks.get(directory);
    return mark != null && mark.isOfContent();
  }

  private static Path path(Directory parent, Path name) {
    return name == null ? parent.hostPath() : parent.hostPath().resolve(name);
  }

  private boolean hasRoom() {
    complete &= marks.size() + written.size() < MOST;
    return complete;
  }

  /** What is to be watched from now on. */
  public WatchedFiles toWatch() {
    Map<Path, FileMark> watched = new HashMap<>(marks);
    watched.keySet().removeAll(written);
    for (Path directory : changedDirectories) {
      if (isListed(directory)) {
        watched.remove(directory);
      }
    }
    return new WatchedFiles(watched, complete, written.stream().min(Path::compareTo).orElse(null));
  }
}
