package org.wasmservlet.core;

/** The standard streams of a guest whose failure ends the guest. */
public enum StandardStream {
  /** File descriptor 0. */
  STDIN,
  /** File descriptor 1. */
  STDOUT
}
