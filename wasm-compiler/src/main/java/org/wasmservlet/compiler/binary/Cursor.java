package org.wasmservlet.compiler.binary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.wasm.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Reads numbers and bytes of a binary, from a place up to an end (core specification, 5.2). */
public final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  public Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  public int position() {
    return at;
  }

  public boolean isAtEnd() {
    return at == end;
  }

  public int remaining() {
    return end - at;
  }

  public int next() {
    if (at == end) {
      throw new MalformedException("unexpected end at offset " + at);
    }
    return bytes[at++] & 0xFF;
  }

  /** A number of 32 bits, unsigned, in at most five bytes. */
  public long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        if (value > 0xFFFFFFFFL) {
          throw tooLarge();
        }
        return value;
      }
    }
    throw tooLong();
  }

  /** A signed number of 32, 33 or 64 bits, in no more bytes than so many bits take. */
  public long signed(int bits) {
    long value = 0;
    for (int shift = 0; shift < bits; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        int unused = Math.max(0, 64 - 7 - shift);
        long extended = value << unused >> unused;
        int left = bits - shift;
        if (left < 7) {
          // The bits of the last byte that do not fit have to repeat the sign.
          int sign = (byte) (b << 1) >> left;
          if (sign != 0 && sign != -1) {
            throw tooLarge();
          }
        }
        return extended;
      }
    }
    throw tooLong();
  }

  private MalformedException tooLarge() {
    return new MalformedException("integer too large at offset " + at);
  }

  private MalformedException tooLong() {
    return new MalformedException("integer representation too long at offset " + at);
  }

  /** Eight bytes or less, the lowest first. */
  public long fixed(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) next() << 8 * i;
    }
    return value;
  }

  /** Passes over a signed number of at most so many bits. */
  void skipSigned(int bits) {
    for (int left = bits; left > 0; left -= 7) {
      if (next() < 0x80) {
        return;
      }
    }
    throw tooLong();
  }

  /** How many there are of something; each has a byte at least, so that no more can follow. */
  public int count(String what) {
    int start = at;
    long count = unsigned();
    if (count > remaining()) {
      throw new MalformedException(
          count
              + " "
              + what
              + " are declared at offset "
              + start
              + ", where the section ends before");
    }
    return (int) count;
  }

  public void skip(long count) {
    if (count > remaining()) {
      throw new MalformedException("unexpected end at offset " + end);
    }
    at += (int) count;
  }

  /** Passes over a vector of bytes. */
  void skipBytes() {
    skip(unsigned());
  }

  /** Passes over a name, which is UTF-8. */
  void skipName() {
    long length = unsigned();
    int start = at;
    skip(length);
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, at - start));
    } catch (CharacterCodingException e) {
      throw new MalformedException("malformed UTF-8 encoding at offset " + start);
    }
  }

  /** All bytes up to the end, of the caller's own. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** What follows, of a length that comes first. */
  public Cursor part() {
    long length = unsigned();
    int start = at;
    skip(length);
    return new Cursor(bytes, start, at);
  }
}
