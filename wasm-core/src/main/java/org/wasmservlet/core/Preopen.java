package org.wasmservlet.core;

import java.nio.file.Path;
import org.wasmservlet.core.wasi.MountPoint;

/**
 * A directory that a guest finds open when it starts, and with it all that is below. Immutable.
 *
 * @param guestPath what the guest calls it, without a slash at its end
 * @param hostDirectory the directory, as an absolute path; for a private one the directory in which
 *     each run gets a fresh one
 * @param access what the guest may do there
 */
public record Preopen(String guestPath, Path hostDirectory, Access access) {
  /** What a guest may do in a directory. */
  public enum Access {
    /** Read; what would change anything fails with EROFS. */
    READ_ONLY(MountPoint.Kind.READ_ONLY),
    /** Read and write. */
    READ_WRITE(MountPoint.Kind.READ_WRITE),
    /**
     * Read and write in an empty directory that is the run's own: no other run sees it, and it is
     * deleted with all that is in it when the run ends.
     */
    PRIVATE(MountPoint.Kind.PRIVATE);

    private final MountPoint.Kind kind;

    Access(MountPoint.Kind kind) {
      this.kind = kind;
    }

    MountPoint.Kind kind() {
      return kind;
    }
  }
}
