package org.wasmservlet.core.wasi;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * How a guest wants to open a file (witx types {@code oflags}, {@code rights}, {@code fdflags}).
 */
final class OpenRequest {
  private static final int CREATE = 1;
  private static final int DIRECTORY = 1 << 1;
  private static final int EXCLUSIVE = 1 << 2;
  private static final int TRUNCATE = 1 << 3;
  private static final int ALL = (1 << 4) - 1;

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final int openFlags;
  private final long rights;
  private final int fdFlags;

  OpenRequest(long openFlags, long rights, long fdFlags) throws WasiError {
    if ((openFlags & ~ALL) != 0 || (fdFlags & ~FdFlags.ALL) != 0) {
      throw Errno.INVAL.error();
    }
    this.openFlags = (int) openFlags;
    this.rights = rights;
    this.fdFlags = (int) fdFlags;
  }

  boolean creates() {
    return (openFlags & CREATE) != 0;
  }

  /** Whether only a new file will do. */
  boolean createsOnly() {
    return creates() && (openFlags & EXCLUSIVE) != 0;
  }

  boolean wantsDirectory() {
    return (openFlags & DIRECTORY) != 0;
  }

  boolean truncates() {
    return (openFlags & TRUNCATE) != 0;
  }

  boolean reads() {
    return (rights & Rights.FD_READ) != 0;
  }

  boolean writes() {
    return (rights & Rights.FD_WRITE) != 0;
  }

  boolean appends() {
    return (fdFlags & FdFlags.APPEND) != 0;
  }

  /** Whether it changes a file that exists, or can. */
  boolean changes() {
    return writes() || truncates();
  }

  int fdFlags() {
    return fdFlags;
  }

  /** The JDK's options for a file that exists. */
  Set<OpenOption> existing() {
    if (!changes()) {
      return READ;
    }
    Set<OpenOption> options = writing();
    if (reads()) {
      options.add(StandardOpenOption.READ);
    }
    if (truncates()) {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return options;
  }

  /** The JDK's options for a new file, which it makes for writing only or also. */
  Set<OpenOption> fresh() {
    Set<OpenOption> options = writing();
    options.add(StandardOpenOption.CREATE_NEW);
    if (reads()) {
      options.add(StandardOpenOption.READ);
    }
    return options;
  }

  /** The JDK's options for the channel that appends. */
  Set<OpenOption> appending() {
    Set<OpenOption> options = writing();
    options.add(StandardOpenOption.APPEND);
    return options;
  }

  private Set<OpenOption> writing() {
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    if ((fdFlags & (FdFlags.SYNC | FdFlags.RSYNC)) != 0) {
      options.add(StandardOpenOption.SYNC);
    } else if ((fdFlags & FdFlags.DSYNC) != 0) {
      options.add(StandardOpenOption.DSYNC);
    }
    return options;
  }
}
