package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** An open directory. One that the guest finds open is not opened on the host until it is used. */
final class DirectoryDescriptor extends Descriptor {
  private final Mount mount;
  private final boolean preopened;
  private final ListingBudget budget;
  private Directory directory;
  private Listing listing;

  /** What it had been read to when its program was frozen; null if nothing, or read anew since. */
  private Listing frozenListing;

  private DirectoryDescriptor(
      Mount mount, boolean preopened, Directory directory, ListingBudget budget) {
    this.mount = mount;
    this.preopened = preopened;
    this.directory = directory;
    this.budget = budget;
  }

  static DirectoryDescriptor preopened(Mount mount, ListingBudget budget) {
    return new DirectoryDescriptor(mount, true, null, budget);
  }

  static DirectoryDescriptor opened(Directory directory, ListingBudget budget) {
    return new DirectoryDescriptor(Mount.of(directory), false, directory.use(), budget);
  }

  /** The mount that it is the root of, or null if the guest has opened it itself. */
  Mount preopen() {
    return preopened ? mount : null;
  }

  /**
   * Whether a path is meant that the guest can name by a directory that it found open.
   *
   * @param path what it opens in this one
   */
  boolean names(String path, String guestPath) {
    if (!preopened) {
      return false;
    }
    String directory = mount.guestPath();
    String base = directory.endsWith("/") ? directory : directory + "/";
    return guestPath.length() == base.length() + path.length()
        && guestPath.startsWith(base)
        && guestPath.endsWith(path);
  }

  Directory directory() throws IOException {
    if (directory == null) {
      directory = mount.root().use();
    }
    return directory;
  }

  /** The entries: those that there were when the guest last began to read them. */
  Listing listing(boolean fromTheBeginning) throws IOException, WasiError {
    if (!fromTheBeginning && frozenListing != null) {
      listing = frozenListing.again(budget);
      frozenListing = null;
    } else if (fromTheBeginning || listing == null) {
      forgetListing();
      frozenListing = null;
      mount.beforeListing(directory());
      listing = Listing.read(directory(), budget);
    }
    return listing;
  }

  private void forgetListing() {
    if (listing != null) {
      listing.forget(budget);
      listing = null;
    }
  }

  @Override
  int type() {
    return FileType.DIRECTORY;
  }

  @Override
  long rights() {
    return Rights.DIRECTORY;
  }

  @Override
  long inheritedRights() {
    return Rights.INHERITED;
  }

  @Override
  void setFlags(int flags) throws WasiError {
    if ((flags & ~FdFlags.NONBLOCK) != 0) {
      throw Errno.INVAL.error();
    }
  }

  @Override
  FileStat stat() throws IOException {
    return FileStat.of(directory().attributes());
  }

  @Override
  void setTimes(FileTimes times) throws IOException, WasiError {
    mount.refuseIfReadOnly();
    if (!times.changeNothing()) {
      directory().view().setTimes(times.modified(), times.accessed(), null);
    }
  }

  @Override
  void sync(boolean withMetadata) {
    // The JDK has no way to, and the file system gets there.
  }

  @Override
  FrozenDescriptor freeze() throws HostFreezer.NotKeptException {
    Listing names = listing != null ? listing : frozenListing;
    if (preopened) {
      return new FrozenDescriptor.Preopened(mount.number(), names);
    }
    return new FrozenDescriptor.OpenDirectory(
        FrozenPath.of(mount, directory.hostPath(), directory.key()), names);
  }

  /** Has been read to these names; null for nothing. */
  DirectoryDescriptor with(Listing names) {
    frozenListing = names;
    return this;
  }

  @Override
  void close() {
    forgetListing();
    if (directory != null) {
      directory.release();
      directory = null;
    }
  }
}
