package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.wasmservlet.core.directory.ChangedFileException;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.Found;
import org.wasmservlet.core.directory.HostNames;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.WasiError;
import org.wasmservlet.core.directory.WatchedFiles;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/**
 * Where a frozen program has something open: found again by a walk as any guest's, and only if it
 * is still the same. Immutable.
 */
final class FrozenPath {
  private final int mount;

  /** Empty for the mounted directory itself. */
  private final String path;

  /** The text of its key: the key itself is the JDK's, and of one process. */
  private final String key;

  private FrozenPath(int mount, String path, String key) {
    this.mount = mount;
    this.path = path;
    this.key = key;
  }

  /**
   * Keeps a path.
   *
   * @param mount that it lies in
   * @param host where it is, without links
   * @param key what identifies it on its host
   * @throws HostFreezer.NotKeptException if other runs do not have it
   */
  static FrozenPath of(Mount mount, Path host, Object key) throws HostFreezer.NotKeptException {
    byte[] name = mount.isPrivate() ? null : HostNames.toBytes(mount.relative(host));
    if (name == null) {
      throw new HostFreezer.NotKeptException(
          "it has "
              + mount.guestName(host)
              + " open, "
              + (mount.isPrivate()
                  ? "in a directory that each run has anew"
                  : "whose name is no UTF-8"));
    }
    return new FrozenPath(
        mount.number(), new String(name, StandardCharsets.UTF_8), String.valueOf(key));
  }

  void write(StoredOutput out) throws IOException {
    out.writeInt(mount);
    out.writeText(path);
    out.writeText(key);
  }

  static FrozenPath read(StoredInput in) throws IOException {
    return new FrozenPath(in.readInt(), in.readText(), in.readText());
  }

  /**
   * The same path of a program that was frozen elsewhere.
   *
   * @param mountPoints that it has here
   * @param files that it has looked at, as they are here: what has been compared is meant
   * @throws ChangedFileException if it is not there
   */
  FrozenPath find(List<MountPoint> mountPoints, WatchedFiles files) throws ChangedFileException {
    Path directory = mountPoints.get(mount).hostDirectory();
    Path host = directory;
    try {
      if (!path.isEmpty()) {
        host = directory.resolve(HostNames.toTarget(directory, path));
      }
      String known = files.key(host);
      return new FrozenPath(mount, path, known == null ? keyOf(host) : known);
    } catch (IOException | WasiError e) {
      throw new ChangedFileException(host, e);
    }
  }

  private static String keyOf(Path host) throws IOException {
    return String.valueOf(
        Files.readAttributes(host, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /**
   * Finds it in a run.
   *
   * @return to be closed
   * @throws WasiError ESTALE if it is gone, or another by now
   */
  Found find(WasiContext context) throws IOException, WasiError {
    Found found =
        context
            .walk()
            .find(
                context.mount(mount).root(), path.isEmpty() ? "." : path, PathWalk.Last.NO_FOLLOW);
    boolean same = false;
    try {
      same = found.exists() && key.equals(String.valueOf(found.attributes().fileKey()));
    } finally {
      if (!same) {
        found.close();
      }
    }
    if (!same) {
      throw Errno.STALE.error();
    }
    return found;
  }
}
