package org.wasmservlet.core.reference;

import java.time.Duration;
import org.wasmservlet.core.module.ModuleFile;

/**
 * How long fetching a module may take, and how large it may be. Immutable.
 *
 * @param connect until a server is connected
 * @param stall without a byte that comes
 * @param total all in all
 * @param bytes of a module
 */
public record FetchLimits(Duration connect, Duration stall, Duration total, long bytes) {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration STALL = Duration.ofSeconds(30);

  /**
   * The usual ones.
   *
   * @param total all in all
   * @return with ten seconds to connect, thirty without a byte, and as many bytes as any module has
   */
  public static FetchLimits of(Duration total) {
    return new FetchLimits(CONNECT, STALL, total, ModuleFile.MOST_BYTES);
  }
}
