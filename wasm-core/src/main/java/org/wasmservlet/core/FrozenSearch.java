package org.wasmservlet.core;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.core.directory.ChangedFileException;
import org.wasmservlet.core.module.ModuleFreezing;
import org.wasmservlet.core.prepared.PreparedFile;
import org.wasmservlet.core.wasi.FrozenHost;

/**
 * Looks for one program that was frozen earlier. Why one that is there is not used, the log says.
 *
 * @param freezing of its module
 * @param config what is to be run
 * @param at where it was frozen
 * @param share whose memory it takes
 */
record FrozenSearch(ModuleFreezing freezing, WasmConfig config, FreezeAt at, MemoryShare share) {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.FrozenPrograms");

  /** Where it may be. */
  @FunctionalInterface
  interface Place {
    Optional<PreparedFile> open(String name) throws IOException;
  }

  /**
   * Looks in one place.
   *
   * @return null if there is none, or none that can be used
   */
  FrozenProgram find(KeptForm form, byte[] identity, Place place) {
    String name = freezing.name(identity).orElse(null);
    if (name == null) {
      return null;
    }
    PreparedFile file = null;
    FrozenProgram found = null;
    try {
      file = place.open(name).orElse(null);
      found = file == null ? null : read(file, form, identity);
    } catch (ChangedFileException e) {
      LOGGER.log(Level.INFO, "{0} is not used: {1} has changed since", file.path(), e.file());
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "a frozen program is not used: {0}", e.getMessage());
    } finally {
      if (found == null && file != null) {
        file.close();
      }
    }
    return found;
  }

  private FrozenProgram read(PreparedFile file, KeptForm form, byte[] identity)
      throws IOException, ChangedFileException {
    KeptForm.Kept kept = form.read(file, identity);
    if (kept == null) {
      return damaged(file);
    }
    FrozenHost host = kept.host().find(config.mountPoints());
    FrozenInstance instance;
    long size = file.size();
    if (!share.reserve(size)) {
      return noRoom(file, size);
    }
    try {
      instance = freezing.read(kept.instance()).orElse(null);
    } finally {
      share.release(size);
    }
    if (instance == null) {
      return damaged(file);
    }
    long bytes = instance.bytes();
    if (!share.reserve(bytes)) {
      return noRoom(file, bytes);
    }
    FrozenProgram program =
        new FrozenProgram(
            new Resumption(config, instance, host), at, kept.origin(), () -> share.release(bytes));
    program.keptIn(file);
    return program;
  }

  private static FrozenProgram damaged(PreparedFile file) {
    LOGGER.log(
        Level.WARNING, "{0} is damaged and is not used: the program is frozen anew", file.path());
    return null;
  }

  private static FrozenProgram noRoom(PreparedFile file, long bytes) {
    LOGGER.log(
        Level.WARNING,
        "{0} is not used: of the memory that all guests may have together there are not {1} bytes"
            + " left",
        file.path(),
        Long.toString(bytes));
    return null;
  }
}
