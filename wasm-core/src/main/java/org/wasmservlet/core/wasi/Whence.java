package org.wasmservlet.core.wasi;

/** What a seek is relative to. */
enum Whence {
  START,
  CURRENT,
  END
}
