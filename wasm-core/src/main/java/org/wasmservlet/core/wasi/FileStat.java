package org.wasmservlet.core.wasi;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.core.directory.WasiError;

/**
 * What a guest is told of a file (witx type {@code filestat}).
 *
 * <p>The JDK tells neither the number of hard links nor the time of the last status change by a
 * directory's handle: a file that has a name counts one link, and the time is that of its last
 * modification.
 */
final class FileStat {
  private final Object key;
  private final int type;
  private final long links;
  private final long size;
  private final long accessed;
  private final long modified;

  private FileStat(Object key, int type, long links, long size, long accessed, long modified) {
    this.key = key;
    this.type = type;
    this.links = links;
    this.size = size;
    this.accessed = accessed;
    this.modified = modified;
  }

  static FileStat of(BasicFileAttributes attributes) {
    return new FileStat(
        attributes.fileKey(),
        FileType.of(attributes),
        1,
        attributes.size(),
        nanos(attributes.lastAccessTime()),
        nanos(attributes.lastModifiedTime()));
  }

  /** A file that has lost its name, as it was when it had one. */
  static FileStat ofUnlinked(BasicFileAttributes last, long size) {
    return new FileStat(
        last.fileKey(),
        FileType.of(last),
        0,
        size,
        nanos(last.lastAccessTime()),
        nanos(last.lastModifiedTime()));
  }

  /** A stream: nothing is known of it but its type, and it is no terminal. */
  static FileStat ofStream(int type) {
    return new FileStat(null, type, 0, 0, 0, 0);
  }

  /** A regular file that is on no disk, and has no times. */
  static FileStat ofGiven(long size) {
    return new FileStat(null, FileType.REGULAR_FILE, 1, size, 0, 0);
  }

  void write(GuestMemory memory, long pointer, Abi abi) throws WasiError {
    long at = pointer;
    memory.zero(at, abi.fileStatSize());
    if (key != null) {
      memory.writeLong(at, FileKeys.device(key));
      memory.writeLong(at + 8, FileKeys.inode(key));
    }
    memory.writeByte(at + 16, type);
    if (abi == Abi.SNAPSHOT_0) {
      memory.writeInt(at + 20, (int) links);
      at -= 8;
    } else {
      memory.writeLong(at + 24, links);
    }
    memory.writeLong(at + 32, size);
    memory.writeLong(at + 40, accessed);
    memory.writeLong(at + 48, modified);
    memory.writeLong(at + 56, modified);
  }

  private static long nanos(FileTime time) {
    return Math.max(0, time.to(TimeUnit.NANOSECONDS));
  }
}
