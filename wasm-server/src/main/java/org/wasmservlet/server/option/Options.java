package org.wasmservlet.server.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a command line asks for, as far as that can be told without starting anything. Immutable.
 *
 * @param content what is served
 * @param endpoint where
 * @param accessLog where requests are logged, if they are
 * @param cache for {@code WasmCacheDir}: an absolute path, or Off
 * @param statusPath where the status page is, if it is; begins with a slash
 * @param stopTimeout how long a stop waits for requests
 * @param check whether the server is only to be tried
 */
public record Options(
    Content content,
    Endpoint endpoint,
    Optional<AccessLogTarget> accessLog,
    String cache,
    Optional<String> statusPath,
    Duration stopTimeout,
    boolean check) {

  /**
   * Where a server listens.
   *
   * @param address a name or a number of this machine
   * @param port 0 for a free one
   * @param tls for HTTPS
   */
  public record Endpoint(String address, int port, Optional<Tls> tls) {}

  /**
   * How a server proves who it is.
   *
   * @param certificate in PEM
   * @param key in PEM, perhaps in the same file
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * Where requests are logged.
   *
   * @param file absolute; empty for standard output
   */
  public record AccessLogTarget(Optional<Path> file) {}
}
