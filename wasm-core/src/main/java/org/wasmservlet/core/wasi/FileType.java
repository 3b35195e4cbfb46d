package org.wasmservlet.core.wasi;

import java.nio.file.attribute.BasicFileAttributes;

/** Kinds of files (witx type {@code filetype}). */
final class FileType {
  static final int UNKNOWN = 0;
  static final int DIRECTORY = 3;
  static final int REGULAR_FILE = 4;
  static final int STREAM_SOCKET = 6;
  static final int SYMBOLIC_LINK = 7;

  private FileType() {}

  /** Sockets, pipes and devices are all the same to the JDK, and unknown to the guest. */
  static int of(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return REGULAR_FILE;
    }
    if (attributes.isDirectory()) {
      return DIRECTORY;
    }
    return attributes.isSymbolicLink() ? SYMBOLIC_LINK : UNKNOWN;
  }
}
