package org.wasmservlet.core.directory;

import java.nio.file.Path;

/** A file is not what it was when a program looked at it. */
public final class ChangedFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  /**
   * Names it.
   *
   * @param file which has changed, appeared or gone
   */
  public ChangedFileException(Path file) {
    this(file, null);
  }

  /**
   * Names it.
   *
   * @param file which cannot be looked at
   * @param cause why
   */
  public ChangedFileException(Path file, Throwable cause) {
    super(file + " has changed", cause);
    this.file = file;
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path file() {
    return file;
  }
}
