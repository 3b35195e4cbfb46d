package org.wasmservlet.core.directory;

/** Ends a host call with an error number. It has no stack trace: failing is ordinary here. */
public final class WasiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  WasiError(Errno errno) {
    super(null, null, false, false);
    this.errno = errno;
  }

  /**
   * The number.
   *
   * @return why the call failed
   */
  public Errno errno() {
    return errno;
  }

  @Override
  public String getMessage() {
    return errno.name();
  }
}
