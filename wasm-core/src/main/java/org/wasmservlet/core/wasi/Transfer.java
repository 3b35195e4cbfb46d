package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.wasmservlet.core.directory.WasiError;

/**
 * Moves bytes between a guest's buffers and a stream or file, by one host buffer of a bounded size
 * whatever the guest asks for.
 */
final class Transfer {
  /** The largest piece. */
  static final int CHUNK = 64 << 10;

  private static final int SMALL = 4 << 10;

  private byte[] scratch = new byte[SMALL];
  private ByteBuffer buffer = ByteBuffer.wrap(scratch);

  /** Where bytes come from. */
  interface Source {
    /**
     * Reads what there is, at most what the buffer takes.
     *
     * @param done bytes read before in this call
     * @return bytes read, 0 or less at the end
     */
    int read(ByteBuffer buffer, long done) throws IOException, WasiError;
  }

  /** Where bytes go. */
  interface Sink {
    /**
     * Writes the whole buffer, or says how much of it.
     *
     * @param done bytes written before in this call
     * @return bytes written
     */
    int write(ByteBuffer buffer, long done) throws IOException, WasiError;
  }

  /**
   * Fills the guest's buffers.
   *
   * @param once to ask the source once only, since asking again may wait
   * @return how many bytes
   */
  int fill(GuestMemory memory, Buffers buffers, Source source, boolean once)
      throws IOException, WasiError {
    int done = 0;
    int index = 0;
    int offset = 0;
    while (done < buffers.total()) {
      GuestInterrupted.check();
      int wanted = Math.min(buffers.total() - done, CHUNK);
      int got;
      try {
        got = source.read(prepare(wanted), done);
      } catch (IOException | WasiError e) {
        if (done > 0) {
          return done;
        }
        throw e;
      }
      if (got <= 0) {
        break;
      }
      for (int from = 0; from < got; ) {
        int piece = Math.min(got - from, buffers.length(index) - offset);
        memory.write(buffers.address(index) + offset, scratch, from, piece);
        from += piece;
        offset += piece;
        if (offset == buffers.length(index)) {
          index++;
          offset = 0;
        }
      }
      done += got;
      if (once || got < wanted) {
        break;
      }
    }
    return done;
  }

  /**
   * Empties the guest's buffers.
   *
   * @return how many bytes
   */
  int drain(GuestMemory memory, Buffers buffers, Sink sink) throws IOException, WasiError {
    int done = 0;
    int index = 0;
    int offset = 0;
    while (done < buffers.total()) {
      GuestInterrupted.check();
      ByteBuffer piece;
      int wanted = Math.min(buffers.total() - done, CHUNK);
      if (wanted <= buffers.length(index) - offset) {
        // In one piece as it lies: no copy of our own.
        piece = ByteBuffer.wrap(memory.read(buffers.address(index) + offset, wanted));
        offset += wanted;
      } else {
        piece = prepare(wanted);
        while (piece.hasRemaining()) {
          int part = Math.min(piece.remaining(), buffers.length(index) - offset);
          piece.put(memory.read(buffers.address(index) + offset, part));
          offset += part;
          if (offset == buffers.length(index)) {
            index++;
            offset = 0;
          }
        }
        piece.flip();
      }
      if (index < buffers.count() && offset == buffers.length(index)) {
        index++;
        offset = 0;
      }
      int put;
      try {
        put = sink.write(piece, done);
      } catch (IOException | WasiError e) {
        if (done > 0) {
          return done;
        }
        throw e;
      }
      done += put;
      if (put < wanted) {
        break;
      }
    }
    return done;
  }

  private ByteBuffer prepare(int size) {
    if (size > scratch.length) {
      scratch = new byte[CHUNK];
      buffer = ByteBuffer.wrap(scratch);
    }
    buffer.clear().limit(size);
    return buffer;
  }
}
