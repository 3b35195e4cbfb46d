package org.wasmservlet.compiler.prepared;

import java.io.IOException;

/** Where the bytes of a prepared module are read from, by any threads. */
public interface ByteSource {
  /** How many there are. */
  long size() throws IOException;

  /** Reads as many as that, or fails. */
  byte[] read(long at, int length) throws IOException;
}
