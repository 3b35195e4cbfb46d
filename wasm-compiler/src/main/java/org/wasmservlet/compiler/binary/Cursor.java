package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.MalformedException;
import java.util.Arrays;

/** Reads numbers and bytes of a binary, from a place up to an end (core specification, 5.2). */
final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int remaining() {
    return end - at;
  }

  int next() {
    if (at == end) {
      throw new MalformedException("unexpected end at offset " + at);
    }
    return bytes[at++] & 0xFF;
  }

  /** A number of 32 bits, unsigned, in at most five bytes. */
  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        if (value > 0xFFFFFFFFL) {
          break;
        }
        return value;
      }
    }
    throw new MalformedException("a number is too large at offset " + at);
  }

  /** Passes over a signed number of at most so many bits. */
  void skipSigned(int bits) {
    for (int left = bits; left > 0; left -= 7) {
      if (next() < 0x80) {
        return;
      }
    }
    throw new MalformedException("a number is too large at offset " + at);
  }

  /** How many there are of something; each has a byte at least, so that no more can follow. */
  int count(String what) {
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

  void skip(long count) {
    if (count > remaining()) {
      throw new MalformedException("unexpected end at offset " + end);
    }
    at += (int) count;
  }

  /** Passes over a vector of bytes. */
  void skipBytes() {
    skip(unsigned());
  }

  /** All bytes up to the end, of the caller's own. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** What follows, of a length that comes first. */
  Cursor part() {
    long length = unsigned();
    int start = at;
    skip(length);
    return new Cursor(bytes, start, at);
  }
}
