package org.wasmservlet.core.wasi;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

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

  private static final int READING = 1;
  private static final int TRUNCATING = 1 << 1;
  private static final int CREATING = 1 << 2;
  private static final int APPENDING = 1 << 3;
  private static final int SYNC = 1 << 4;
  private static final int DSYNC = 1 << 5;

  /** What can be chosen beside writing, by the bits above. */
  private static final List<StandardOpenOption> CHOICES =
      List.of(
          StandardOpenOption.READ,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC,
          StandardOpenOption.DSYNC);

  /** Made once, not for every file. */
  private static final List<Set<OpenOption>> WRITING =
      IntStream.range(0, 1 << CHOICES.size()).mapToObj(OpenRequest::optionsOf).toList();

  private final int openFlags;
  private final long rights;
  private final int fdFlags;

  private OpenRequest(int openFlags, long rights, int fdFlags) {
    this.openFlags = openFlags;
    this.rights = rights;
    this.fdFlags = fdFlags;
  }

  /**
   * Reads what a guest asks for.
   *
   * @throws WasiError EINVAL if there is no such flag
   */
  static OpenRequest of(long openFlags, long rights, long fdFlags) throws WasiError {
    if ((openFlags & ~ALL) != 0 || (fdFlags & ~FdFlags.ALL) != 0) {
      throw Errno.INVAL.error();
    }
    return new OpenRequest((int) openFlags, rights, (int) fdFlags);
  }

  /** To open a file once more that is there. */
  static OpenRequest again(boolean reads, boolean writes, int fdFlags) {
    return new OpenRequest(
        0, (reads ? Rights.FD_READ : 0) | (writes ? Rights.FD_WRITE : 0), fdFlags);
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

  /** How many channels a file has that is opened so: the JDK's for appending does nothing else. */
  int openFiles() {
    return appends() && writes() ? 2 : 1;
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
    return writing(reads() ? READING : 0, truncates() ? TRUNCATING : 0);
  }

  /** The JDK's options for a new file, which it makes for writing only or also. */
  Set<OpenOption> fresh() {
    return writing(reads() ? READING : 0, CREATING);
  }

  /** The JDK's options for the channel that appends. */
  Set<OpenOption> appending() {
    return writing(0, APPENDING);
  }

  private Set<OpenOption> writing(int reading, int how) {
    int synchronous = 0;
    if ((fdFlags & (FdFlags.SYNC | FdFlags.RSYNC)) != 0) {
      synchronous = SYNC;
    } else if ((fdFlags & FdFlags.DSYNC) != 0) {
      synchronous = DSYNC;
    }
    return WRITING.get(reading | how | synchronous);
  }

  private static Set<OpenOption> optionsOf(int choice) {
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    for (int i = 0; i < CHOICES.size(); i++) {
      if ((choice & 1 << i) != 0) {
        options.add(CHOICES.get(i));
      }
    }
    return Set.copyOf(options);
  }
}
