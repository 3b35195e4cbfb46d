package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * An open regular file. The position is kept here, so that seeking costs nothing and a read or
 * write is one call to the host.
 */
final class FileDescriptor extends Descriptor {
  private final Directory directory;
  private final Path name;
  private final FileChannel channel;
  private final FileChannel appender;
  private final DiskQuota quota;
  private final boolean readable;
  private final boolean writable;
  private int flags;
  private long position;

  /** How far the file has been paid for, as far as is known without asking the host. */
  private long reached;

  private BasicFileAttributes last;

  /**
   * Makes a descriptor that owns what it is given.
   *
   * @param directory where the file was when it was opened; the descriptor is one more user of it
   * @param attributes of the file
   * @param appender a second channel that always writes at the end, or null if the file was not
   *     opened so
   */
  FileDescriptor(
      Directory directory,
      Path name,
      BasicFileAttributes attributes,
      FileChannel channel,
      FileChannel appender,
      DiskQuota quota,
      OpenRequest request) {
    this.directory = directory.use();
    this.name = name;
    this.last = attributes;
    this.reached = attributes.size();
    this.channel = channel;
    this.appender = appender;
    this.quota = quota;
    this.readable = request.reads();
    this.writable = request.writes();
    this.flags = request.fdFlags();
  }

  @Override
  int type() {
    return FileType.REGULAR_FILE;
  }

  @Override
  long rights() {
    long rights = Rights.FILE;
    if (!readable) {
      rights &= ~Rights.FD_READ;
    }
    if (!writable) {
      rights &= ~(Rights.FD_WRITE | Rights.FD_ALLOCATE | Rights.FD_FILESTAT_SET_SIZE);
    }
    return rights;
  }

  @Override
  long inheritedRights() {
    return 0;
  }

  @Override
  int openFiles() {
    return appender == null ? 1 : 2;
  }

  @Override
  int flags() {
    return flags;
  }

  @Override
  void setFlags(int wanted) throws WasiError {
    // How a file is written through to the disk is settled when it is opened.
    if (((wanted ^ flags) & FdFlags.SYNCHRONOUS) != 0) {
      throw Errno.NOTSUP.error();
    }
    flags = wanted;
  }

  @Override
  void requireRoom() {
    HeadRoom.require(HeadRoom.FILES);
  }

  @Override
  int read(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    int read = readAt(memory, buffers, transfer, position);
    position += read;
    return read;
  }

  @Override
  int readAt(GuestMemory memory, Buffers buffers, Transfer transfer, long start)
      throws IOException, WasiError {
    if (!readable) {
      throw Errno.BADF.error();
    }
    requirePosition(start, buffers.total());
    return transfer.fill(memory, buffers, (to, done) -> channel.read(to, start + done), false);
  }

  @Override
  int write(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    requireWritable();
    if ((flags & FdFlags.APPEND) == 0) {
      int written = writeAt(memory, buffers, transfer, position);
      position += written;
      return written;
    }
    int written = transfer.drain(memory, buffers, (from, done) -> append(from));
    position = channel.size();
    return written;
  }

  @Override
  int writeAt(GuestMemory memory, Buffers buffers, Transfer transfer, long start)
      throws IOException, WasiError {
    requireWritable();
    requirePosition(start, buffers.total());
    return transfer.drain(memory, buffers, (from, done) -> put(from, start + done));
  }

  /** Takes what the quota allows: a short write first, then an error. */
  private int put(ByteBuffer from, long at) throws IOException, WasiError {
    if (at > reached) {
      quota.take(Math.max(0, at - channel.size()));
    }
    shorten(from);
    int written = channel.write(from, at);
    quota.take(written);
    reached = Math.max(reached, at + written);
    return written;
  }

  private int append(ByteBuffer from) throws IOException, WasiError {
    shorten(from);
    // Without the second channel, because the guest changed its mind: not atomic towards others.
    int written = appender != null ? appender.write(from) : channel.write(from, channel.size());
    quota.take(written);
    return written;
  }

  private void shorten(ByteBuffer from) throws WasiError {
    long allowed = quota.atMost(from.remaining());
    if (allowed == 0 && from.hasRemaining()) {
      throw Errno.NOSPC.error();
    }
    from.limit(from.position() + (int) allowed);
  }

  @Override
  long seek(long offset, Whence whence) throws IOException, WasiError {
    long base =
        switch (whence) {
          case START -> 0;
          case CURRENT -> position;
          case END -> {
            HeadRoom.require(HeadRoom.FILES);
            yield channel.size();
          }
        };
    if (offset > Long.MAX_VALUE - base) {
      throw Errno.OVERFLOW.error();
    }
    if (base + offset < 0) {
      throw Errno.INVAL.error();
    }
    position = base + offset;
    return position;
  }

  @Override
  FileStat stat() throws IOException {
    BasicFileAttributes now = attributesIfNamed();
    return now != null ? FileStat.of(now) : FileStat.ofUnlinked(last, channel.size());
  }

  @Override
  void setSize(long size) throws IOException, WasiError {
    requireWritable();
    if (size < 0) {
      throw Errno.INVAL.error();
    }
    if (size < channel.size()) {
      channel.truncate(size);
      reached = size;
    } else {
      extend(size);
    }
  }

  @Override
  void setTimes(FileTimes times) throws IOException, WasiError {
    Mount.beforeWriting(directory, name);
    if (attributesIfNamed() == null) {
      throw Errno.NOENT.error();
    }
    if (!times.changeNothing()) {
      BasicFileAttributeView view = directory.view(name);
      view.setTimes(times.modified(), times.accessed(), null);
    }
  }

  @Override
  void allocate(long offset, long length) throws IOException, WasiError {
    requireWritable();
    if (offset < 0 || length <= 0) {
      throw Errno.INVAL.error();
    }
    if (offset > Long.MAX_VALUE - length) {
      throw Errno.FBIG.error();
    }
    extend(offset + length);
  }

  private void extend(long size) throws IOException, WasiError {
    long missing = size - channel.size();
    if (missing > 0) {
      quota.take(missing);
      channel.write(ByteBuffer.allocate(1), size - 1);
      reached = size;
    }
  }

  @Override
  void advise() {
    // The host knows best.
  }

  @Override
  void sync(boolean withMetadata) throws IOException {
    if (writable) {
      channel.force(withMetadata);
    }
  }

  @Override
  long readable() throws IOException, WasiError {
    if (!readable) {
      throw Errno.BADF.error();
    }
    return Math.max(0, channel.size() - position);
  }

  @Override
  void requireWritable() throws WasiError {
    if (!writable) {
      throw Errno.BADF.error();
    }
  }

  @Override
  FrozenDescriptor freeze() throws IOException, HostFreezer.NotKeptException {
    Mount mount = Mount.of(directory);
    Path path = directory.hostPath().resolve(name);
    if (attributesIfNamed() == null) {
      throw new HostFreezer.NotKeptException(
          "it has " + mount.guestName(path) + " open, which has been deleted or replaced");
    }
    return new FrozenDescriptor.OpenFile(
        FrozenPath.of(mount, path, last.fileKey()),
        readable,
        writable,
        flags,
        openFiles(),
        position);
  }

  /** Is where it was. */
  FileDescriptor at(long frozenPosition) {
    position = frozenPosition;
    return this;
  }

  @Override
  void close() throws IOException {
    directory.release();
    try {
      channel.close();
    } finally {
      if (appender != null) {
        appender.close();
      }
    }
  }

  /** The file's attributes, or null if its name is gone or another file's by now. */
  private BasicFileAttributes attributesIfNamed() throws IOException {
    BasicFileAttributes now = directory.attributesIfThere(name);
    if (now == null || !now.fileKey().equals(last.fileKey())) {
      return null;
    }
    last = now;
    return now;
  }

  private static void requirePosition(long start, int length) throws WasiError {
    if (start < 0) {
      throw Errno.INVAL.error();
    }
    if (start > Long.MAX_VALUE - length) {
      throw Errno.FBIG.error();
    }
  }
}
