package org.wasmservlet.core;

import java.nio.file.Path;
import org.wasmservlet.core.wasi.MountPoint;
import org.wasmservlet.core.wasi.PrivateDirectory;

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

  /**
   * Whether a guest can change what a path leads to: a directory on the way is one that it may
   * write, or lies in one.
   *
   * @param path absolute, and like the host directory without links
   * @return true of what is below a directory that can be written, not of that directory itself
   */
  public boolean mayWrite(Path path) {
    if (access == Access.READ_ONLY
        || !path.startsWith(hostDirectory)
        || path.getNameCount() == hostDirectory.getNameCount()) {
      return false;
    }
    // Of the directory in which the private ones are made a guest sees nothing else.
    return access != Access.PRIVATE
        || PrivateDirectory.isOne(path.getName(hostDirectory.getNameCount()));
  }
}
