package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.WasiError;

/**
 * What a frozen program had open, and may not touch in every run: it is opened again when it is
 * used. Only the table of descriptors sees it.
 */
final class LateDescriptor extends Descriptor {
  private final FrozenDescriptor frozen;
  private final int openFiles;
  private final Opener opener;

  /** Opens it. */
  @FunctionalInterface
  interface Opener {
    /**
     * Does it.
     *
     * @throws WasiError ESTALE if it is not what it was
     */
    Descriptor open() throws IOException, WasiError;
  }

  /**
   * Makes one.
   *
   * @param frozen what it was
   * @param openFiles how many files it will be
   */
  LateDescriptor(FrozenDescriptor frozen, int openFiles, Opener opener) {
    this.frozen = frozen;
    this.openFiles = openFiles;
    this.opener = opener;
  }

  Descriptor open() throws WasiError {
    HeadRoom.require(HeadRoom.ANYTHING);
    try {
      return opener.open();
    } catch (IOException e) {
      throw IoErrors.of(e).error();
    }
  }

  @Override
  int openFiles() {
    return openFiles;
  }

  @Override
  int type() {
    throw new IllegalStateException("not opened");
  }

  @Override
  long rights() {
    throw new IllegalStateException("not opened");
  }

  @Override
  long inheritedRights() {
    throw new IllegalStateException("not opened");
  }

  @Override
  FileStat stat() {
    throw new IllegalStateException("not opened");
  }

  @Override
  FrozenDescriptor freeze() {
    return frozen;
  }

  @Override
  void close() {
    // Nothing is held for it.
  }
}
