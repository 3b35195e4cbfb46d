package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.List;
import org.wasmservlet.core.directory.ChangedFileException;
import org.wasmservlet.core.directory.WatchedFiles;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/** What a descriptor stood for when its program was frozen. Immutable. */
sealed interface FrozenDescriptor {
  /** Makes it again for a run that goes on from there. */
  Descriptor resume(WasiContext context);

  /**
   * The same of a program that was frozen elsewhere.
   *
   * @param mountPoints that it has here
   * @param files that it has looked at, as they are here
   * @throws ChangedFileException if it is not there
   */
  default FrozenDescriptor find(List<MountPoint> mountPoints, WatchedFiles files)
      throws ChangedFileException {
    return this;
  }

  /** Writes it. */
  void write(StoredOutput out) throws IOException;

  /** Reads what was written. */
  static FrozenDescriptor read(StoredInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case Stream.KIND -> Stream.of(in.readByte());
      case Preopened.KIND -> new Preopened(in.readInt(), Listing.read(in));
      case OpenDirectory.KIND -> new OpenDirectory(FrozenPath.read(in), Listing.read(in));
      case OpenFile.KIND ->
          new OpenFile(
              FrozenPath.read(in),
              in.readBoolean(),
              in.readBoolean(),
              in.readInt(),
              in.readInt(),
              in.readLong());
      case Accepted.KIND -> new Accepted(in.readBoolean(), in.readBoolean());
      default -> throw new IOException("a descriptor of kind " + kind);
    };
  }

  /** A standard stream, of whatever number. */
  enum Stream implements FrozenDescriptor {
    /** Standard input. */
    STDIN,
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR;

    static final byte KIND = 1;

    static Stream of(int ordinal) throws IOException {
      if (ordinal < 0 || ordinal >= values().length) {
        throw new IOException("standard stream " + ordinal);
      }
      return values()[ordinal];
    }

    @Override
    public Descriptor resume(WasiContext context) {
      return switch (this) {
        case STDIN -> WasiContext.stdin(context);
        case STDOUT -> WasiContext.stdout(context);
        case STDERR -> WasiContext.stderr(context);
      };
    }

    @Override
    public void write(StoredOutput out) throws IOException {
      out.writeByte(KIND);
      out.writeByte(ordinal());
    }
  }

  /**
   * A directory that the guest found open.
   *
   * @param mount its number
   * @param names what it had been read to; null if nothing
   */
  record Preopened(int mount, Listing names) implements FrozenDescriptor {
    static final byte KIND = 2;

    @Override
    public Descriptor resume(WasiContext context) {
      return DirectoryDescriptor.preopened(context.mount(mount), context.listings()).with(names);
    }

    @Override
    public void write(StoredOutput out) throws IOException {
      out.writeByte(KIND);
      out.writeInt(mount);
      Listing.write(out, names);
    }
  }

  /**
   * A directory that it has opened.
   *
   * @param names what it had been read to; null if nothing
   */
  record OpenDirectory(FrozenPath path, Listing names) implements FrozenDescriptor {
    static final byte KIND = 3;

    @Override
    public Descriptor resume(WasiContext context) {
      return new LateDescriptor(this, 1, () -> Opening.again(context, path).with(names));
    }

    @Override
    public OpenDirectory find(List<MountPoint> mountPoints, WatchedFiles files)
        throws ChangedFileException {
      return new OpenDirectory(path.find(mountPoints, files), names);
    }

    @Override
    public void write(StoredOutput out) throws IOException {
      out.writeByte(KIND);
      path.write(out);
      Listing.write(out, names);
    }
  }

  /**
   * A file that it has opened.
   *
   * @param flags of the descriptor
   * @param openFiles how many it counts as
   */
  record OpenFile(
      FrozenPath path, boolean readable, boolean writable, int flags, int openFiles, long position)
      implements FrozenDescriptor {
    static final byte KIND = 4;

    @Override
    public Descriptor resume(WasiContext context) {
      OpenRequest again = OpenRequest.again(readable, writable, flags);
      return new LateDescriptor(
          this, openFiles, () -> Opening.again(context, path, again).at(position));
    }

    @Override
    public OpenFile find(List<MountPoint> mountPoints, WatchedFiles files)
        throws ChangedFileException {
      return new OpenFile(
          path.find(mountPoints, files), readable, writable, flags, openFiles, position);
    }

    @Override
    public void write(StoredOutput out) throws IOException {
      out.writeByte(KIND);
      path.write(out);
      out.writeBoolean(readable);
      out.writeBoolean(writable);
      out.writeInt(flags);
      out.writeInt(openFiles);
      out.writeLong(position);
    }
  }

  /**
   * The connection that it has accepted: each run goes on with its own.
   *
   * @param receives whether the program has not ended that direction
   * @param sends whether it has not ended this one
   */
  record Accepted(boolean receives, boolean sends) implements FrozenDescriptor {
    static final byte KIND = 5;

    @Override
    public Descriptor resume(WasiContext context) {
      return context.accepted(receives, sends);
    }

    @Override
    public void write(StoredOutput out) throws IOException {
      out.writeByte(KIND);
      out.writeBoolean(receives);
      out.writeBoolean(sends);
    }
  }
}
