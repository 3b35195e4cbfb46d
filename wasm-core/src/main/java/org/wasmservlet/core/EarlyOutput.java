package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/** What a program writes to its standard output before it is frozen: no request gets it. */
final class EarlyOutput extends OutputStream {
  /** What is kept of it. */
  private static final int KEPT = 200;

  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private long count;

  /** Begins with what another one has. */
  void goOn(EarlyOutput before) {
    beginning.writeBytes(before.beginning.toByteArray());
    count = before.count;
  }

  void write(StoredOutput out) throws IOException {
    out.writeLong(count);
    out.writeBlock(beginning.toByteArray());
  }

  static EarlyOutput read(StoredInput in) throws IOException {
    EarlyOutput read = new EarlyOutput();
    read.count = in.readLong();
    read.beginning.writeBytes(in.readBlock());
    return read;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    beginning.write(bytes, offset, Math.min(length, KEPT - beginning.size()));
    count += length;
  }

  long count() {
    return count;
  }

  /** Its first bytes, as text. */
  String beginning() {
    return beginning.toString(UTF_8);
  }
}
