package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/** What tells a file from what it was. Immutable. */
final class FileMark {
  /** Of what is not there. */
  private static final FileMark MISSING = new FileMark(null, 0, null);

  /** The text of its key: the key itself is the JDK's, and of one process. */
  private final String key;

  private final long size;

  /** Null where it does not matter. */
  private final FileTime modified;

  private FileMark(String key, long size, FileTime modified) {
    this.key = key;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Of an entry that was looked up. What is in a directory does not matter then.
   *
   * @param attributes its own, not those of what it links to; null if it is not there
   */
  static FileMark of(BasicFileAttributes attributes) {
    if (attributes == null) {
      return MISSING;
    }
    return attributes.isDirectory() ? new FileMark(key(attributes), 0, null) : listed(attributes);
  }

  /** Of a directory whose entries matter, or of a file. */
  static FileMark listed(BasicFileAttributes attributes) {
    return new FileMark(
        key(attributes),
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.lastModifiedTime());
  }

  private static String key(BasicFileAttributes attributes) {
    return String.valueOf(attributes.fileKey());
  }

  /** The text of its key; null if it is not there. */
  String key() {
    return key;
  }

  /** Whether it tells the content too, and not only that there is a directory or nothing. */
  boolean isOfContent() {
    return modified != null;
  }

  void write(StoredOutput out) throws IOException {
    out.writeBoolean(key != null);
    if (key != null) {
      out.writeText(key);
    }
    out.writeLong(size);
    out.writeBoolean(modified != null);
    if (modified != null) {
      out.writeLong(modified.toInstant().getEpochSecond());
      out.writeInt(modified.toInstant().getNano());
    }
  }

  static FileMark read(StoredInput in) throws IOException {
    String key = in.readBoolean() ? in.readText() : null;
    long size = in.readLong();
    FileTime modified =
        in.readBoolean() ? FileTime.from(Instant.ofEpochSecond(in.readLong(), in.readInt())) : null;
    return new FileMark(key, size, modified);
  }

  /** Whether a path leads to another file now, or to a changed one. */
  boolean isAnother(Path path) {
    try {
      return !isSame(now(path, modified != null));
    } catch (IOException e) {
      // A directory on the way may be a file by now.
      return key != null;
    }
  }

  /**
   * Of what is there now.
   *
   * @param listed whether it matters what is in it, if it is a directory
   * @throws IOException if this user may not look at it
   */
  static FileMark now(Path path, boolean listed) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return listed ? listed(attributes) : of(attributes);
    } catch (NoSuchFileException e) {
      return MISSING;
    }
  }

  /** Of a record the JDK would keep the class, and with it the class loader. */
  private boolean isSame(FileMark other) {
    return size == other.size
        && Objects.equals(key, other.key)
        && (modified == null || modified.equals(other.modified));
  }
}
