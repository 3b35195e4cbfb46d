package org.wasmservlet.file;

/**
 * A part of a file.
 *
 * @param first offset of its first byte
 * @param last offset of its last byte
 */
record ByteRange(long first, long last) {
  long length() {
    return last - first + 1;
  }

  /** The value of Content-Range for a file of a size (RFC 9110, section 14.4). */
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
