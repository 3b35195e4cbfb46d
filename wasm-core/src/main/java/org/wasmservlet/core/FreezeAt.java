package org.wasmservlet.core;

import org.wasmservlet.core.wasi.FreezePlace;

/**
 * Where a program is frozen: in a call of the host that it makes when it has begun and asks for its
 * request. The call is made again by every run that goes on from there. Immutable.
 */
public final class FreezeAt {
  private static final FreezeAt STDIN =
      new FreezeAt(new FreezePlace.FirstRead(), "reads its standard input");

  private static final FreezeAt ACCEPT =
      new FreezeAt(new FreezePlace.Accepting(), "accepts a connection");

  private final FreezePlace place;
  private final String what;
  private final byte[] received;

  private FreezeAt(FreezePlace place, String what) {
    this(place, what, null);
  }

  private FreezeAt(FreezePlace place, String what, byte[] received) {
    this.place = place;
    this.what = what;
    this.received = received;
  }

  /**
   * The first read of standard input.
   *
   * @return always the same
   */
  public static FreezeAt stdin() {
    return STDIN;
  }

  /**
   * The first {@code sock_accept}, of a configuration that {@linkplain
   * WasmConfig.Builder#acceptConnection() accepts} a connection.
   *
   * @return always the same
   */
  public static FreezeAt accept() {
    return ACCEPT;
  }

  /**
   * The first opening of a path, whether there is a file or not.
   *
   * @param guestPath the path as the guest opens it: the guest's name of a directory that it has
   *     been given, a slash and the path from there, without links
   * @return such a place
   */
  public static FreezeAt opening(String guestPath) {
    return new FreezeAt(new FreezePlace.Opening(guestPath), "opens " + guestPath);
  }

  /**
   * The same place, of a program that has accepted a connection before it gets there. Its runs go
   * on with a connection of their own, each from where the program was.
   *
   * @param sent what the peer sends until then: as much as the program receives before the place
   * @return such a place
   */
  public FreezeAt afterReceiving(byte[] sent) {
    return new FreezeAt(place, what, sent.clone());
  }

  FreezePlace place() {
    return place;
  }

  /** Whether the program accepts its connection at the place, or before. */
  boolean needsConnection() {
    return place instanceof FreezePlace.Accepting || received != null;
  }

  /** What the connection's peer has sent before; nothing if the program has accepted none. */
  byte[] received() {
    return received == null ? new byte[0] : received.clone();
  }

  /** What the program does there, as the end of a sentence. */
  @Override
  public String toString() {
    return what;
  }
}
