package org.wasmservlet.compiler.code;

/** The bodies of a module's functions. For any number of threads. */
public interface Code {
  /** How many functions have one: all that are not imported. */
  int functions();

  /**
   * How long a body is.
   *
   * @param function imported ones not counted
   * @return bytes of it in a binary, about
   */
  int bytes(int function);

  /**
   * Opens a body.
   *
   * @param function imported ones not counted
   * @return at its first instruction
   */
  Body body(int function);
}
