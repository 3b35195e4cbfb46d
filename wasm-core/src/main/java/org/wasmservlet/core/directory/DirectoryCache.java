package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps the directories that were used last open, for programs and clients walk the same ones again
 * and again.
 *
 * <p>An entry is looked at each time all the same, and a kept handle serves only if it is still the
 * entry's: while a handle is open, no other file on the host gets its identity. Not so in a tree
 * that is kept: there a directory that has been entered stays what it was, and opening a file costs
 * the same however deep it is.
 *
 * <p>Thread-safe.
 */
public final class DirectoryCache {
  /** Each takes two of the process's file descriptors. */
  private static final int CAPACITY = 32;

  // Both are guarded by this.
  private boolean closed;
  private final Map<Entry, Directory> directories = new LinkedHashMap<>(CAPACITY, 0.75f, true);

  /** Makes a cache that keeps nothing yet. */
  public DirectoryCache() {}

  /**
   * Opens a directory's directory.
   *
   * @param attributes of the entry, which say that it is a directory
   * @return a handle that the caller releases
   */
  public Directory open(Directory parent, Path name, BasicFileAttributes attributes)
      throws IOException {
    Entry entry = new Entry(parent, name);
    Directory kept = kept(entry, attributes.fileKey());
    if (kept != null) {
      return kept;
    }
    Directory opened = parent.open(name);
    keep(entry, opened);
    return opened;
  }

  private synchronized Directory kept(Entry entry, Object key) {
    Directory kept = directories.get(entry);
    if (kept == null || Objects.equals(kept.key(), key)) {
      return kept == null ? null : kept.use();
    }
    directories.remove(entry);
    kept.release();
    return null;
  }

  private synchronized void keep(Entry entry, Directory opened) {
    if (closed) {
      return;
    }
    if (directories.size() == CAPACITY) {
      Iterator<Directory> eldest = directories.values().iterator();
      Directory dropped = eldest.next();
      eldest.remove();
      dropped.release();
    }
    Directory replaced = directories.put(entry, opened.use());
    if (replaced != null) {
      replaced.release();
    }
  }

  /**
   * A directory in a kept tree that has been entered.
   *
   * @return a handle that the caller releases, or null if the entry has to be looked at
   */
  synchronized Directory entered(Directory parent, Path name) {
    if (!parent.tree().isKept()) {
      return null;
    }
    Directory kept = directories.get(new Entry(parent, name));
    return kept == null ? null : kept.use();
  }

  /** Keeps nothing any more. */
  public synchronized void close() {
    closed = true;
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
