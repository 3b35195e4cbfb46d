package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.core.directory.ChangedFileException;
import org.wasmservlet.core.directory.PackedFiles;
import org.wasmservlet.core.directory.WatchedFiles;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/**
 * The host's part of a frozen program that is to go on at another place: what it has open is opened
 * there, if all that it has looked at is the same there. Immutable.
 */
public final class PackedHost {
  private final FrozenHost frozen;
  private final PackedFiles files;

  private PackedHost(FrozenHost frozen, PackedFiles files) {
    this.frozen = frozen;
    this.files = files;
  }

  /**
   * Packs the host's part of a program.
   *
   * @param frozen where it is now
   * @param mountPoints that it has
   * @return the same for any place
   * @throws IOException if it depends on this one; the message says by what
   */
  public static PackedHost of(FrozenHost frozen, List<MountPoint> mountPoints) throws IOException {
    WatchedFiles watched = frozen.files();
    if (!watched.isComplete()) {
      throw new IOException("it looked at more files than can be watched");
    }
    if (watched.written() != null) {
      throw new IOException(
          "it has changed "
              + watched.written()
              + " before it was frozen, which another machine does not have so; let it do that when"
              + " a request has come, or give it the directory with ro or as tmp:");
    }
    return new PackedHost(frozen, PackedFiles.of(watched, directories(mountPoints)));
  }

  /**
   * Finds what the program has looked at.
   *
   * @param mountPoints that it has here
   * @return the host's part of the program here
   * @throws ChangedFileException if a file is not what it was
   */
  public FrozenHost find(List<MountPoint> mountPoints) throws ChangedFileException {
    WatchedFiles here = files.find(directories(mountPoints));
    List<FrozenDescriptor> descriptors = new ArrayList<>();
    for (FrozenDescriptor each : frozen.descriptors()) {
      descriptors.add(each == null ? null : each.find(mountPoints, here));
    }
    return frozen.with(descriptors, here);
  }

  /** By number; null for what is each run's own. */
  private static List<Path> directories(List<MountPoint> mountPoints) {
    List<Path> directories = new ArrayList<>();
    for (MountPoint each : mountPoints) {
      directories.add(each.kind() == MountPoint.Kind.PRIVATE ? null : each.hostDirectory());
    }
    return directories;
  }

  /**
   * Writes it.
   *
   * @param out where to
   * @throws IOException if that fails
   */
  public void write(StoredOutput out) throws IOException {
    frozen.writeWithoutFiles(out);
    files.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in where from
   * @return as it was
   * @throws IOException if it makes no sense
   */
  public static PackedHost read(StoredInput in) throws IOException {
    FrozenHost frozen = FrozenHost.readWithoutFiles(in);
    return new PackedHost(frozen, PackedFiles.read(in));
  }
}
