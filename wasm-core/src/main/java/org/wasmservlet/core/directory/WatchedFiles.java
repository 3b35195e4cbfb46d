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
  private final Path written;

  /**
   * Keeps them.
   *
   * @param complete whether these are all
   * @param written one that the program has written to; null if there is none
   */
  WatchedFiles(Map<Path, FileMark> marks, boolean complete, Path written) {
    this.marks = Map.copyOf(marks);
    this.complete = complete;
    this.written = written;
  }

  Map<Path, FileMark> marks() {
    return marks;
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
    out.writeText(written == null ? "" : HostNames.toText(written));
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
    String written = in.readText();
    Map<Path, FileMark> marks = new HashMap<>();
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      marks.put(HostNames.ofText(in.readText()), FileMark.read(in));
    }
    return new WatchedFiles(marks, complete, written.isEmpty() ? null : HostNames.ofText(written));
  }

  /** How many there are. */
  public int count() {
    return marks.size();
  }

  /**
   * What the program has changed, which is not among them.
   *
   * @return one that it may have written to, made, removed or renamed; null if there is none
   */
  public Path written() {
    return written;
  }

  /**
   * What identifies a file on its host.
   *
   * @param path of any file
   * @return the text of the key that it had; null if it is not one of these, or was missing
   */
  public String key(Path path) {
    FileMark mark = marks.get(path);
    return mark == null ? null : mark.key();
  }

  /** Whether these are all that the program has looked at, and not the first of too many. */
  public boolean isComplete() {
    return complete;
  }
}
