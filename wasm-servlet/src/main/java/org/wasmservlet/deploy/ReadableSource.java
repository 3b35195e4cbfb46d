package org.wasmservlet.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.wasmservlet.apache.ConfigSource;

/** Configuration files that are read as streams: texts in UTF-8, of a bounded size. */
abstract class ReadableSource implements ConfigSource {
  private static final int BYTES_AT_MOST = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * Opens a file.
   *
   * @return null if there is none
   * @throws IOException if it cannot be opened; the message says why, without the name
   */
  abstract InputStream open(String name) throws IOException;

  /** What is said of a file that is not there. */
  abstract String missing(String name);

  final boolean has(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in != null;
    }
  }

  @Override
  public final String read(String name) throws IOException {
    try (InputStream in = open(name)) {
      if (in == null) {
        throw new IOException(missing(name));
      }
      String text = decode(in.readNBytes(BYTES_AT_MOST + 1));
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
  }

  private static String decode(byte[] bytes) throws IOException {
    if (bytes.length > BYTES_AT_MOST) {
      throw new IOException("has more than " + BYTES_AT_MOST + " bytes");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("is not a text in UTF-8", e);
    }
  }
}
