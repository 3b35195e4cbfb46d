package org.wasmservlet.core.wasi;

/** The call of a host function in which a program is frozen. */
public sealed interface FreezePlace {
  /** The first read of standard input. */
  record FirstRead() implements FreezePlace {}

  /** The first {@code sock_accept} that would give the connection. */
  record Accepting() implements FreezePlace {}

  /**
   * The first opening of a path.
   *
   * @param guestPath the path, by the guest's name of the directory that it is opened in
   */
  record Opening(String guestPath) implements FreezePlace {}
}
