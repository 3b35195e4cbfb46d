package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

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

  /**
   * Writes them.
   *
   * @param out where to
   * @throws IOException if that fails
   */
  public void write(StoredOutput out) throws IOException {
    out.writeBoolean(complete);
    out.writeInt(marks.size());
    for (Map.Entry<Path, FileMark> each : marks.entrySet()) {
      out.writeText(HostNames.toText(each.getKey()));
      each.getValue().write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in where from
   * @return as they were then
   * @throws IOException if it makes no sense
   */
  public static WatchedFiles read(StoredInput in) throws IOException {
    boolean complete = in.readBoolean();
    Map<Path, FileMark> marks = new HashMap<>();
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      marks.put(HostNames.ofText(in.readText()), FileMark.read(in));
    }
    return new WatchedFiles(marks, complete);
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
