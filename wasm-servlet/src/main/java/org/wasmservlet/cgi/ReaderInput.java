package org.wasmservlet.cgi;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;

/** The bytes that a reader has made its characters of. */
final class ReaderInput extends BlockInput {
  private final Reader reader;
  private final CharsetEncoder encoder;
  private final CharBuffer characters = CharBuffer.allocate(4096).flip();
  private final ByteBuffer bytes;
  private boolean ended;

  ReaderInput(Reader reader, Charset charset) {
    this.reader = reader;
    this.encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    this.bytes =
        ByteBuffer.allocate((int) (characters.capacity() * encoder.maxBytesPerChar()) + 64).flip();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!bytes.hasRemaining()) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  private void fill() throws IOException {
    characters.compact();
    ended = reader.read(characters) < 0;
    characters.flip();
    bytes.clear();
    encoder.encode(characters, bytes, ended);
    if (ended) {
      encoder.flush(bytes);
    }
    bytes.flip();
  }
}
