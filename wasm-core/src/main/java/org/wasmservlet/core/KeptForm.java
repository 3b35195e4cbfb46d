package org.wasmservlet.core;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.wasmservlet.compiler.Freezer;
import org.wasmservlet.compiler.StoredBytes;
import org.wasmservlet.core.directory.ChangedFileException;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;
import org.wasmservlet.core.wasi.FrozenHost;
import org.wasmservlet.core.wasi.MountPoint;
import org.wasmservlet.core.wasi.PackedHost;

/**
 * A frozen program as bytes, for this machine or for any:
 *
 * <pre>
 * int          magic, which tells the two apart and changes whenever the layout does
 * 32 bytes     the program's identity
 * int, bytes   when it was frozen, what it had written, and the host's part
 * int          CRC-32C of everything before
 * bytes        the instance, as the compiler has it, with a checksum of its own
 * </pre>
 */
final class KeptForm {
  /** Files are what they were if they are the same ones: by path, number, time and size. */
  static final KeptForm HERE =
      new KeptForm(
          0x57534B32,
          (program, out) -> program.start().frozenHost().write(out),
          in -> {
            FrozenHost host = FrozenHost.read(in);
            return mountPoints -> unchanged(host);
          });

  /** Files are what they were if they have the same content, wherever they are. */
  static final KeptForm ANYWHERE =
      new KeptForm(
          0x57535031,
          (program, out) ->
              PackedHost.of(program.start().frozenHost(), program.config().mountPoints())
                  .write(out),
          in -> PackedHost.read(in)::find);

  private static final int IDENTITY_BYTES = 32;
  private static final int HEADER_BYTES = Integer.BYTES + IDENTITY_BYTES + Integer.BYTES;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private final int magic;
  private final HostWriter writer;
  private final HostReader reader;

  private KeptForm(int magic, HostWriter writer, HostReader reader) {
    this.magic = magic;
    this.writer = writer;
    this.reader = reader;
  }

  private interface HostWriter {
    void write(FrozenProgram program, StoredOutput out) throws IOException;
  }

  private interface HostReader {
    HostPart read(StoredInput in) throws IOException;
  }

  /** The host's part of a program that was read. */
  interface HostPart {
    /**
     * Looks at the files that the program had looked at.
     *
     * @param mountPoints that it has here
     * @throws ChangedFileException if one is not what it was
     */
    FrozenHost find(List<MountPoint> mountPoints) throws ChangedFileException;
  }

  /**
   * What was read.
   *
   * @param host whose files have not been looked at yet
   * @param instance what the compiler wrote, not looked at yet
   */
  record Kept(FrozenProgram.Origin origin, HostPart host, StoredBytes instance) {}

  private static FrozenHost unchanged(FrozenHost host) throws ChangedFileException {
    Path changed = host.files().changed();
    if (changed != null) {
      throw new ChangedFileException(changed);
    }
    return host;
  }

  /**
   * Writes a program.
   *
   * @param freezer of its module
   */
  void write(FrozenProgram program, byte[] identity, Freezer freezer, OutputStream target)
      throws IOException {
    byte[] host = host(program);
    ByteArrayOutputStream head = new ByteArrayOutputStream(HEADER_BYTES + host.length);
    DataOutputStream out = new DataOutputStream(head);
    out.writeInt(magic);
    out.write(identity);
    out.writeInt(host.length);
    out.write(host);
    out.writeInt(checksum(head.toByteArray()));
    head.writeTo(target);
    freezer.write(program.start().instance(), target);
  }

  private byte[] host(FrozenProgram program) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StoredOutput out = new StoredOutput(bytes);
    FrozenProgram.Origin origin = program.origin();
    out.writeLong(origin.since().getEpochSecond());
    out.writeInt(origin.since().getNano());
    out.writeLong(origin.took().toNanos());
    origin.earlyOutput().write(out);
    writer.write(program, out);
    return bytes.toByteArray();
  }

  /**
   * Reads a program.
   *
   * @return null if it is damaged, or another one
   */
  Kept read(StoredBytes stored, byte[] identity) throws IOException {
    long size = stored.size();
    if (size < HEADER_BYTES + CHECKSUM_BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(stored.read(0, HEADER_BYTES));
    int length = header.getInt(HEADER_BYTES - Integer.BYTES);
    if (length < 0 || length > size - HEADER_BYTES - CHECKSUM_BYTES) {
      return null;
    }
    byte[] head = stored.read(0, HEADER_BYTES + length);
    long rest = HEADER_BYTES + (long) length;
    if (checksum(head) != ByteBuffer.wrap(stored.read(rest, CHECKSUM_BYTES)).getInt()
        || header.getInt(0) != magic
        || !Arrays.equals(
            identity, Arrays.copyOfRange(head, Integer.BYTES, Integer.BYTES + IDENTITY_BYTES))) {
      return null;
    }
    byte[] host = Arrays.copyOfRange(head, HEADER_BYTES, head.length);
    return readHost(new StoredInput(host), from(stored, rest + CHECKSUM_BYTES));
  }

  private Kept readHost(StoredInput in, StoredBytes instance) {
    try {
      FrozenProgram.Origin origin =
          new FrozenProgram.Origin(
              Instant.ofEpochSecond(in.readLong(), in.readInt()),
              Duration.ofNanos(in.readLong()),
              EarlyOutput.read(in),
              true);
      return new Kept(origin, reader.read(in), instance);
    } catch (IOException | RuntimeException e) {
      // Whoever has put the checksum right may have written anything.
      return null;
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static StoredBytes from(StoredBytes stored, long start) {
    return new StoredBytes() {
      @Override
      public long size() throws IOException {
        return stored.size() - start;
      }

      @Override
      public byte[] read(long at, int length) throws IOException {
        return stored.read(start + at, length);
      }
    };
  }
}
