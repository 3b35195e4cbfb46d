package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.StandardStream;

/**
 * Ends a guest whose standard input or output failed. An unchecked exception, because the WASI
 * functions turn an IOException into an error number that the guest may ignore for ever.
 */
public final class StreamFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which stream. */
  private final StandardStream stream;

  StreamFailure(StandardStream stream, IOException cause) {
    super(null, cause, false, false);
    this.stream = stream;
  }

  /**
   * Which stream failed.
   *
   * @return standard input or output
   */
  public StandardStream stream() {
    return stream;
  }

  /**
   * What the stream threw.
   *
   * @return never null
   */
  public IOException failure() {
    return (IOException) getCause();
  }
}
