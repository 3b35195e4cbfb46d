package org.wasmservlet.core.wasi;

/** Ends a host call with an error number. It has no stack trace: failing is ordinary here. */
final class WasiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  WasiError(Errno errno) {
    super(null, null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }

  @Override
  public String getMessage() {
    return errno.name();
  }
}
