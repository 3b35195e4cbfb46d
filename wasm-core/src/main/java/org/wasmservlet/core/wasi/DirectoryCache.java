package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the directories that a run used last open, for programs walk the same ones again and again.
 *
 * <p>An entry is looked at each time all the same, and a kept handle serves only if it is still the
 * entry's: while a handle is open, no other file on the host gets its identity. Not so where the
 * program may only read: there a directory that the run has entered stays what it was for the run,
 * whoever replaces it meanwhile, and opening a file costs the same however deep it is.
 */
final class DirectoryCache {
  /** Each takes two of the process's file descriptors. */
  private static final int CAPACITY = 32;

  private final Map<Entry, Directory> directories = new LinkedHashMap<>(CAPACITY, 0.75f, true);

  /**
   * Opens a directory's directory.
   *
   * @param attributes of the entry, which say that it is a directory
   * @return a handle that the caller releases
   */
  Directory open(Directory parent, Path name, BasicFileAttributes attributes) throws IOException {
    Entry entry = new Entry(parent, name);
    Directory kept = directories.get(entry);
    if (kept != null) {
      if (kept.key().equals(attributes.fileKey())) {
        return kept.use();
      }
      directories.remove(entry);
      kept.release();
    }
    Directory opened = parent.open(name);
    if (directories.size() == CAPACITY) {
      Iterator<Directory> eldest = directories.values().iterator();
      Directory dropped = eldest.next();
      eldest.remove();
      dropped.release();
    }
    directories.put(entry, opened.use());
    return opened;
  }

  /**
   * A directory in a read-only mount that the run has been in.
   *
   * @return a handle that the caller releases, or null if the entry has to be looked at
   */
  Directory entered(Directory parent, Path name) {
    if (!parent.mount().readOnly()) {
      return null;
    }
    Directory kept = directories.get(new Entry(parent, name));
    return kept == null ? null : kept.use();
  }

  void close() {
    directories.values().forEach(Directory::release);
    directories.clear();
  }

  // No record: the JDK's own equals and hashCode of a record keep the record's class, and with it
  // the class loader of a web application that has long been undeployed.
  private static final class Entry {
    private final Directory parent;
    private final Path name;

    Entry(Directory parent, Path name) {
      this.parent = parent;
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && parent == entry.parent && name.equals(entry.name);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(parent) * 31 + name.hashCode();
    }
  }
}
