package org.wasmservlet.tree;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.Found;
import org.wasmservlet.core.directory.OpenedFile;
import org.wasmservlet.core.directory.WasiError;

/** A regular file that a walk has found; it has a handle of the file's directory. */
public final class FoundFile implements AutoCloseable {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Found found;
  private final Path path;
  private final BasicFileAttributes attributes;
  private final boolean foundByLinks;

  FoundFile(Found found, Path path, BasicFileAttributes attributes, boolean foundByLinks) {
    this.found = found;
    this.path = path;
    this.attributes = attributes;
    this.foundByLinks = foundByLinks;
  }

  /** Where it was found: absolute, without links. What is there by now may be another file. */
  public Path path() {
    return path;
  }

  /** Its attributes when it was found. */
  public BasicFileAttributes attributes() {
    return attributes;
  }

  /** Whether the names that led to it are not those of its path. */
  public boolean isFoundByLinks() {
    return foundByLinks;
  }

  /**
   * Opens the file: if another regular file has its name by now, that one.
   *
   * @return with a channel to be closed
   * @throws NoSuchFileException if there is none
   * @throws IOException if it cannot be opened
   */
  public OpenedFile open() throws IOException {
    try {
      return OpenedFile.open(
          found.directory(), found.name(), attributes, READ, FoundFile::requireRegularFile);
    } catch (WasiError e) {
      throw new NoSuchFileException(path.toString(), null, e.getMessage());
    }
  }

  private static void requireRegularFile(BasicFileAttributes attributes) throws WasiError {
    if (!attributes.isRegularFile()) {
      throw Errno.NOENT.error();
    }
  }

  @Override
  public void close() {
    found.close();
  }
}
