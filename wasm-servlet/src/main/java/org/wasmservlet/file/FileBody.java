package org.wasmservlet.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Sends a file or parts of it. */
final class FileBody {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final SeekableByteChannel file;
  private final long size;

  FileBody(SeekableByteChannel file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * Sends one part.
   *
   * @throws EOFException if the file has become shorter
   */
  void send(ByteRange part, OutputStream to) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, part.length())];
    file.position(part.first());
    for (long left = part.length(); left > 0; ) {
      int read = file.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left)));
      if (read < 0) {
        throw new EOFException("a file became shorter while it was sent");
      }
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  /** Several parts as one body, multipart/byteranges (RFC 9110, section 14.6). */
  final class Multipart {
    private final List<ByteRange> parts;
    private final String boundary = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final String type;

    Multipart(List<ByteRange> parts, String type) {
      this.parts = parts;
      this.type = type;
    }

    String contentType() {
      return "multipart/byteranges; boundary=" + boundary;
    }

    long length() {
      long length = end().length;
      for (ByteRange part : parts) {
        length += head(part).length + part.length();
      }
      return length;
    }

    void send(OutputStream to) throws IOException {
      for (ByteRange part : parts) {
        to.write(head(part));
        FileBody.this.send(part, to);
      }
      to.write(end());
    }

    private byte[] head(ByteRange part) {
      return ("\r\n--"
              + boundary
              + "\r\nContent-Type: "
              + type
              + "\r\nContent-Range: "
              + part.contentRange(size)
              + "\r\n\r\n")
          .getBytes(US_ASCII);
    }

    private byte[] end() {
      return ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
    }
  }
}
