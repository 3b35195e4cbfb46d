package org.wasmservlet.core.wasi;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** The times that a guest sets (witx type {@code fstflags} and two timestamps). */
final class FileTimes {
  private static final int ACCESSED = 1;
  private static final int ACCESSED_NOW = 1 << 1;
  private static final int MODIFIED = 1 << 2;
  private static final int MODIFIED_NOW = 1 << 3;
  private static final int ALL = (1 << 4) - 1;

  private final FileTime accessed;
  private final FileTime modified;

  private FileTimes(FileTime accessed, FileTime modified) {
    this.accessed = accessed;
    this.modified = modified;
  }

  static FileTimes of(long accessed, long modified, long flags) throws WasiError {
    if ((flags & ~ALL) != 0) {
      throw Errno.INVAL.error();
    }
    return new FileTimes(
        time(accessed, flags, ACCESSED, ACCESSED_NOW),
        time(modified, flags, MODIFIED, MODIFIED_NOW));
  }

  /** Null if it stays as it is. */
  FileTime accessed() {
    return accessed;
  }

  /** Null if it stays as it is. */
  FileTime modified() {
    return modified;
  }

  boolean changeNothing() {
    return accessed == null && modified == null;
  }

  private static FileTime time(long nanos, long flags, int given, int now) throws WasiError {
    boolean isGiven = (flags & given) != 0;
    boolean isNow = (flags & now) != 0;
    if (isGiven && isNow || isGiven && nanos < 0) {
      throw Errno.INVAL.error();
    }
    if (isNow) {
      return FileTime.from(Instant.now());
    }
    return isGiven ? FileTime.from(nanos, TimeUnit.NANOSECONDS) : null;
  }
}
