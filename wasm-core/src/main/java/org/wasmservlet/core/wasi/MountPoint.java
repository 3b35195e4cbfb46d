package org.wasmservlet.core.wasi;

import java.nio.file.Path;

/**
 * A directory that a guest finds open when it starts.
 *
 * @param guestPath what the guest calls it
 * @param hostDirectory the directory; for a private one, the directory in which each run gets a
 *     fresh one
 * @param kind what the guest may do there
 */
public record MountPoint(String guestPath, Path hostDirectory, Kind kind) {
  /** What a guest may do in a directory. */
  public enum Kind {
    /** Read. */
    READ_ONLY,
    /** Read and write. */
    READ_WRITE,
    /** Read and write in a directory that is the run's own and is gone with it. */
    PRIVATE
  }
}
