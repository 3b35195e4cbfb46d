package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/**
 * Files that a program has looked at, told by their content and by where they are in the
 * directories that it was given, so that another machine can tell whether it has the same ones.
 * Immutable.
 */
public final class PackedFiles {
  private static final Path ROOT = Path.of("/");

  private final List<Entry> entries;

  private PackedFiles(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * One of them.
   *
   * @param number of the directory that it lies in
   * @param path from there
   */
  private record Entry(int number, Path path, FileContent content) {}

  /**
   * Reads the files.
   *
   * @param watched as the program saw them
   * @param directories that it was given, by number; null for what is each run's own
   * @return what they are
   * @throws IOException if one cannot be read, or has changed meanwhile; the message names it
   */
  public static PackedFiles of(WatchedFiles watched, List<Path> directories) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<Path, FileMark> each : watched.marks().entrySet()) {
      Path path = each.getKey();
      FileContent content = content(path, each.getValue().isOfContent());
      boolean found = false;
      for (int number = 0; number < directories.size(); number++) {
        Path directory = directories.get(number);
        // Where one holds another, either way may have been gone, and may lead elsewhere later.
        if (directory != null && path.startsWith(directory)) {
          found = true;
          entries.add(new Entry(number, directory.relativize(path), content));
        }
      }
      if (!found) {
        throw new IOException(path + " is in none of the program's directories");
      }
    }
    Path changed = watched.changed();
    if (changed != null) {
      throw new IOException(changed + " has changed meanwhile");
    }
    return new PackedFiles(entries);
  }

  private static FileContent content(Path path, boolean listed) throws IOException {
    try {
      return FileContent.of(path, listed);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e, e);
    }
  }

  /**
   * Looks for the same files in the directories as they are here. Reads each to its end.
   *
   * @param directories by number; null for what is each run's own
   * @return what is to be watched from now on
   * @throws ChangedFileException if one is another, is not there or cannot be read, or has appeared
   */
  public WatchedFiles find(List<Path> directories) throws ChangedFileException {
    Map<Path, FileMark> marks = new HashMap<>();
    for (Entry entry : entries) {
      Path path = path(entry, directories);
      boolean listed = entry.content().isListed();
      try {
        // First the mark: what changes after that is found to have changed later.
        if (listed || !marks.containsKey(path)) {
          marks.put(path, FileMark.now(path, listed));
        }
        if (!FileContent.of(path, listed).isSame(entry.content())) {
          throw new ChangedFileException(path);
        }
      } catch (IOException e) {
        throw new ChangedFileException(path, e);
      }
    }
    return new WatchedFiles(marks, true, null);
  }

  private static Path path(Entry entry, List<Path> directories) throws ChangedFileException {
    Path directory = entry.number() < directories.size() ? directories.get(entry.number()) : null;
    if (directory == null) {
      throw new ChangedFileException(entry.path());
    }
    return directory.resolve(entry.path());
  }

  /**
   * Writes them.
   *
   * @param out where to
   * @throws IOException if that fails
   */
  public void write(StoredOutput out) throws IOException {
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      out.writeInt(entry.number());
      out.writeText(HostNames.toText(ROOT.resolve(entry.path())));
      entry.content().write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in where from
   * @return as they were then
   * @throws IOException if it makes no sense
   */
  public static PackedFiles read(StoredInput in) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int left = in.readCount(2 * Integer.BYTES + 1); left > 0; left--) {
      entries.add(new Entry(in.readInt(), path(in.readText()), FileContent.read(in)));
    }
    return new PackedFiles(entries);
  }

  private static Path path(String text) throws IOException {
    Path path = HostNames.ofText(text);
    if (!path.equals(path.normalize())) {
      throw new IOException("a path that leads up");
    }
    return ROOT.relativize(path);
  }
}
