package org.wasmservlet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * A request as the records that a FastCGI responder reads (FastCGI specification 1.0): its
 * beginning and its variables, then of the body what there is when the program asks for more. Used
 * by one thread.
 */
final class FastCgiInput extends InputStream {
  /** The number of the one request of a connection. */
  static final int REQUEST = 1;

  static final int VERSION = 1;
  static final int HEADER = 8;

  private static final int BEGIN_REQUEST = 1;
  private static final int PARAMS = 4;
  private static final int STDIN = 5;
  private static final byte[] RESPONDER_THAT_CLOSES = {0, 1, 0, 0, 0, 0, 0, 0};

  /** A little less than there may be: PHP refuses the last four bytes. */
  private static final int CONTENT_AT_MOST = 65_528;

  private static final int BODY_AT_MOST = 32 << 10;

  private final InputStream body;

  /** What is read next, from {@link #at} to {@link #end}. */
  private byte[] records;

  private int at;
  private int end;

  /** Whether the records end with the last one. */
  private boolean isLast;

  private FastCgiInput(byte[] beginning, InputStream body, boolean hasBody) {
    this.body = body;
    this.isLast = !hasBody;
    this.end = beginning.length + (hasBody ? 0 : HEADER);
    this.records = Arrays.copyOf(beginning, end);
    if (!hasBody) {
      writeHeader(records, beginning.length, STDIN, 0);
    }
  }

  /**
   * Makes the records of a request.
   *
   * @param variables values by name; each character is a byte
   * @param body read as the program reads
   * @param hasBody false if it has no byte and need not be read
   */
  static FastCgiInput of(Map<String, String> variables, InputStream body, boolean hasBody) {
    return new FastCgiInput(beginning(variables), body, hasBody);
  }

  /**
   * Makes the records that are left when the {@linkplain #beginning beginning} has been read.
   *
   * @param body read as the program reads
   * @param hasBody false if it has no byte and need not be read
   */
  static FastCgiInput ofBody(InputStream body, boolean hasBody) {
    return new FastCgiInput(new byte[0], body, hasBody);
  }

  /**
   * The records up to the body.
   *
   * @param variables values by name; each character is a byte
   */
  static byte[] beginning(Map<String, String> variables) {
    ByteArrayOutputStream beginning = new ByteArrayOutputStream(2048);
    add(beginning, BEGIN_REQUEST, RESPONDER_THAT_CLOSES, 0, RESPONDER_THAT_CLOSES.length);
    addVariables(beginning, variables);
    add(beginning, PARAMS, new byte[0], 0, 0);
    return beginning.toByteArray();
  }

  /**
   * No pair is divided between two records unless it is larger than one: PHP reads none that is.
   */
  private static void addVariables(ByteArrayOutputStream to, Map<String, String> variables) {
    ByteArrayOutputStream pairs = new ByteArrayOutputStream(2048);
    variables.forEach(
        (name, value) -> {
          if (pairs.size() + name.length() + value.length() + HEADER > CONTENT_AT_MOST) {
            addPairs(to, pairs);
          }
          addLength(pairs, name.length());
          addLength(pairs, value.length());
          pairs.writeBytes(name.getBytes(ISO_8859_1));
          pairs.writeBytes(value.getBytes(ISO_8859_1));
        });
    addPairs(to, pairs);
  }

  private static void addPairs(ByteArrayOutputStream to, ByteArrayOutputStream pairs) {
    byte[] content = pairs.toByteArray();
    pairs.reset();
    for (int from = 0; from < content.length; from += CONTENT_AT_MOST) {
      add(to, PARAMS, content, from, Math.min(content.length - from, CONTENT_AT_MOST));
    }
  }

  private static void addLength(ByteArrayOutputStream to, int length) {
    if (length < 128) {
      to.write(length);
    } else {
      to.write(length >>> 24 | 0x80);
      to.write(length >>> 16);
      to.write(length >>> 8);
      to.write(length);
    }
  }

  private static void add(
      ByteArrayOutputStream to, int type, byte[] content, int offset, int length) {
    byte[] header = new byte[HEADER];
    writeHeader(header, 0, type, length);
    to.writeBytes(header);
    to.write(content, offset, length);
  }

  private static void writeHeader(byte[] to, int at, int type, int length) {
    to[at] = VERSION;
    to[at + 1] = (byte) type;
    to[at + 2] = REQUEST >>> 8;
    to[at + 3] = REQUEST;
    to[at + 4] = (byte) (length >>> 8);
    to[at + 5] = (byte) length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end) {
      if (isLast) {
        return -1;
      }
      next();
    }
    int count = Math.min(length, end - at);
    System.arraycopy(records, at, bytes, offset, count);
    at += count;
    return count;
  }

  private void next() throws IOException {
    if (records.length != HEADER + BODY_AT_MOST) {
      records = new byte[HEADER + BODY_AT_MOST];
    }
    int count = Math.max(0, body.read(records, HEADER, BODY_AT_MOST));
    writeHeader(records, 0, STDIN, count);
    isLast = count == 0;
    at = 0;
    end = HEADER + count;
  }

  @Override
  public int available() throws IOException {
    return at < end || isLast ? end - at : body.available();
  }
}
