package org.wasmservlet.core;

/** The streams of a guest whose failure ends the guest. */
public enum StandardStream {
  /** File descriptor 0, and what a connection receives. */
  STDIN,
  /** File descriptor 1, and what a connection sends. */
  STDOUT
}
