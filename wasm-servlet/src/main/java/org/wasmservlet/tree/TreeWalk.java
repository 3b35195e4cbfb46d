package org.wasmservlet.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.FileErrors;
import org.wasmservlet.core.directory.Found;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.WasiError;

/** Goes down a tree, name by name. For one thread. */
public final class TreeWalk implements AutoCloseable {
  /** What a name leads to. */
  public enum Entry {
    /** A directory, in which the next name is looked up. */
    DIRECTORY,
    /** A regular file. */
    FILE,
    /** Nothing that is shown or entered. */
    NOTHING,
    /** Something outside of the tree, whether it exists or not. */
    OUTSIDE
  }

  /** What it means for a name that there is nothing to be had; other errors are the host's. */
  private static final Set<Errno> NOTHING =
      EnumSet.of(
          Errno.NOENT,
          Errno.NOTDIR,
          Errno.ACCES,
          Errno.LOOP,
          Errno.NAMETOOLONG,
          Errno.ILSEQ,
          Errno.INVAL);

  private final FileTree tree;
  private final PathWalk.Walk walk;
  private Found here;

  TreeWalk(FileTree tree, PathWalk.Walk walk) {
    this.tree = tree;
    this.walk = walk;
  }

  /**
   * Takes a name, from the directory that the last one led to. A link is followed.
   *
   * @param name of an entry
   * @return what it leads to
   * @throws IOException if the host fails
   */
  public Entry find(String name) throws IOException {
    try {
      if (here != null) {
        walk.enter(here);
        leave();
      }
      here = walk.find(name, PathWalk.Last.FOLLOW);
      return entry();
    } catch (WasiError e) {
      return of(e.errno());
    } catch (IOException e) {
      // Also of what was a directory when it was looked at, and is a link by now.
      if (saysNothingIsThere(e)) {
        return Entry.NOTHING;
      }
      throw e;
    }
  }

  static boolean saysNothingIsThere(IOException e) {
    return NOTHING.contains(FileErrors.of(e));
  }

  private static Entry of(Errno errno) throws IOException {
    if (errno == Errno.PERM) {
      return Entry.OUTSIDE;
    }
    if (NOTHING.contains(errno)) {
      return Entry.NOTHING;
    }
    throw new IOException(errno.name());
  }

  private Entry entry() throws IOException {
    if (here.isDirectory()) {
      return Entry.DIRECTORY;
    }
    BasicFileAttributes attributes = here.attributes();
    return attributes != null && attributes.isRegularFile() ? Entry.FILE : Entry.NOTHING;
  }

  /** Whether one of the names so far was, or led to, a link. */
  public boolean hasFollowedLinks() {
    return walk.links() > 0;
  }

  /** Where the last name led: absolute, without links. */
  public Path real() {
    Path directory = here.directory().hostPath();
    return here.isDirectoryItself() ? directory : directory.resolve(here.name());
  }

  /** Where the last name led, from the tree's directory: empty for that itself. */
  public Path relative() {
    return tree.real().relativize(real());
  }

  /**
   * Takes the file that the last name led to out of the walk.
   *
   * @return to be closed
   */
  public FoundFile file() throws IOException {
    FoundFile file = new FoundFile(here, real(), here.attributes(), hasFollowedLinks());
    here = null;
    return file;
  }

  private void leave() {
    here.close();
    here = null;
  }

  @Override
  public void close() {
    if (here != null) {
      leave();
    }
    walk.close();
  }
}
