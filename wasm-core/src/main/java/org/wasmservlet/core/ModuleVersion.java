package org.wasmservlet.core;

import java.io.IOException;
import java.nio.file.Path;
import org.wasmservlet.core.module.ModuleFile;

/**
 * A module's file as it was at one moment, as far as its file system tells that apart from what it
 * was before: by path, size, time and identity. Two versions that are equal have the same content.
 * Immutable.
 */
public final class ModuleVersion {
  private final ModuleFile file;

  ModuleVersion(ModuleFile file) {
    this.file = file;
  }

  /**
   * Looks at a file, without reading it.
   *
   * @param file a path to it; links are followed
   * @return its version now
   * @throws WasmModuleException if it is missing, no regular file or cannot be looked at
   */
  public static ModuleVersion of(Path file) throws WasmModuleException {
    try {
      return new ModuleVersion(ModuleFile.identify(file));
    } catch (IOException e) {
      throw new WasmModuleException(e.getMessage(), e.getCause());
    }
  }

  /** The file's real path. */
  Path file() {
    return file.path();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModuleVersion version && file.equals(version.file);
  }

  @Override
  public int hashCode() {
    return file.hashCode();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
