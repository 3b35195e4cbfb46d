package org.wasmservlet.core.wasi;

/**
 * Ends a guest whose standard input or output failed, or the connection in their place. An
 * unchecked exception, because the WASI functions turn an IOException into an error number that the
 * guest may ignore for ever.
 */
public final class StreamFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the guest reads: the file descriptor of standard input. */
  public static final int STDIN = 0;

  /** What the guest writes: the file descriptor of standard output. */
  public static final int STDOUT = 1;

  /** Which stream. */
  private final int descriptor;

  StreamFailure(int descriptor, Exception cause) {
    super(null, cause, false, false);
    this.descriptor = descriptor;
  }

  /**
   * Which stream failed.
   *
   * @return {@link #STDIN} or {@link #STDOUT}
   */
  public int descriptor() {
    return descriptor;
  }

  /**
   * What the stream threw.
   *
   * @return an IOException where the stream failed, an unchecked exception where its code did
   */
  public Exception failure() {
    return (Exception) getCause();
  }
}
