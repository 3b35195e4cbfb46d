package org.wasmservlet.core;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.wasmservlet.compiler.Freezer;
import org.wasmservlet.compiler.StoredBytes;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;
import org.wasmservlet.core.wasi.FrozenHost;

/**
 * A frozen program as bytes:
 *
 * <pre>
 * int          magic, which changes whenever the layout does
 * 32 bytes     the program's identity
 * int, bytes   when it was frozen, what it had written, and the host's part
 * int          CRC-32C of everything before
 * bytes        the instance, as the compiler has it, with a checksum of its own
 * </pre>
 */
final class KeptForm {
  private static final int MAGIC = 0x57534B31;
  private static final int IDENTITY_BYTES = 32;
  private static final int HEADER_BYTES = Integer.BYTES + IDENTITY_BYTES + Integer.BYTES;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private KeptForm() {}

  /**
   * What was read.
   *
   * @param instance what the compiler wrote, not looked at yet
   */
  record Kept(FrozenProgram.Origin origin, FrozenHost host, StoredBytes instance) {}

  /**
   * Writes a program.
   *
   * @param freezer of its module
   */
  static void write(FrozenProgram program, byte[] identity, Freezer freezer, OutputStream target)
      throws IOException {
    byte[] host = host(program);
    ByteArrayOutputStream head = new ByteArrayOutputStream(HEADER_BYTES + host.length);
    DataOutputStream out = new DataOutputStream(head);
    out.writeInt(MAGIC);
    out.write(identity);
    out.writeInt(host.length);
    out.write(host);
    out.writeInt(checksum(head.toByteArray()));
    head.writeTo(target);
    freezer.write(program.start().instance(), target);
  }

  private static byte[] host(FrozenProgram program) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StoredOutput out = new StoredOutput(bytes);
    FrozenProgram.Origin origin = program.origin();
    out.writeLong(origin.since().getEpochSecond());
    out.writeInt(origin.since().getNano());
    out.writeLong(origin.took().toNanos());
    origin.earlyOutput().write(out);
    program.start().frozenHost().write(out);
    return bytes.toByteArray();
  }

  /**
   * Reads a program.
   *
   * @return null if it is damaged, or another one
   */
  static Kept read(StoredBytes stored, byte[] identity) throws IOException {
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
        || header.getInt(0) != MAGIC
        || !Arrays.equals(
            identity, Arrays.copyOfRange(head, Integer.BYTES, Integer.BYTES + IDENTITY_BYTES))) {
      return null;
    }
    byte[] host = Arrays.copyOfRange(head, HEADER_BYTES, head.length);
    return readHost(new StoredInput(host), from(stored, rest + CHECKSUM_BYTES));
  }

  private static Kept readHost(StoredInput in, StoredBytes instance) {
    try {
      FrozenProgram.Origin origin =
          new FrozenProgram.Origin(
              Instant.ofEpochSecond(in.readLong(), in.readInt()),
              Duration.ofNanos(in.readLong()),
              EarlyOutput.read(in),
              true);
      return new Kept(origin, FrozenHost.read(in), instance);
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
