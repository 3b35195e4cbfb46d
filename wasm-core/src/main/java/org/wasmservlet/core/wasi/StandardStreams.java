package org.wasmservlet.core.wasi;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * The streams behind a guest's descriptors 0, 1 and 2, and the connection that it may accept, none
 * of which is closed by the guest; and a file of the run's own.
 *
 * @param stdin read only as the guest asks
 * @param stdout written and flushed as the guest writes and waits
 * @param stderr written as the guest writes; its failures do not concern the guest
 * @param connection null for a guest that can accept none
 * @param file null for none
 */
public record StandardStreams(
    InputStream stdin,
    OutputStream stdout,
    OutputStream stderr,
    Connection connection,
    GivenFile file) {

  /**
   * Streams of a guest that can accept no connection.
   *
   * @param stdin read only as the guest asks
   * @param stdout written and flushed as the guest writes and waits
   * @param stderr written as the guest writes; its failures do not concern the guest
   */
  public StandardStreams(InputStream stdin, OutputStream stdout, OutputStream stderr) {
    this(stdin, stdout, stderr, null, null);
  }
}
