package org.wasmservlet.core;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.wasmservlet.compiler.Freezer;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.core.module.ModuleFreezing;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * A folder in which frozen programs outlive the process: beside the modules that are {@linkplain
 * PreparedModules#in prepared} there, or another one. Immutable, safe for use by several threads
 * and processes of one user.
 *
 * <p>A kept program is all that it had in its memory, secrets too: the files can be read and
 * written by this process's user alone. Whoever can change one can run code in this process: a
 * folder, or a file in it, that another user may write is not used.
 */
public final class FrozenPrograms {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.FrozenPrograms");

  private final Path folder;
  private final long maxBytes;

  private FrozenPrograms(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /**
   * A folder that is made when it is first needed.
   *
   * @param folder where
   * @param maxBytes how many bytes to keep there, modules included; what is in use stays in any
   *     case
   * @return such a place
   */
  public static FrozenPrograms in(Path folder, long maxBytes) {
    return new FrozenPrograms(Objects.requireNonNull(folder, "folder"), maxBytes);
  }

  /**
   * Looks for a program that was frozen earlier: of the same module and build of this library, with
   * the same arguments, environment, directories, entry point and limits, at the same place; and
   * only if all files that it had looked at are what they were. Nothing of it is run. Why one that
   * is there is not used, the log says.
   *
   * @param config what is to be run
   * @param at where it was frozen
   * @param share whose memory it takes
   * @return to be closed by the caller; empty if there is none, or it cannot be used
   */
  public Optional<FrozenProgram> find(WasmConfig config, FreezeAt at, MemoryShare share) {
    byte[] identity = ProgramIdentity.of(config, at);
    ModuleFreezing freezing = config.module().compiled().freezing();
    String name = freezing == null ? null : freezing.name(identity).orElse(null);
    if (name == null || Files.notExists(folder)) {
      return Optional.empty();
    }
    PreparedFile file = null;
    FrozenProgram found = null;
    try {
      file = CacheFolder.open(folder, maxBytes).find(name).orElse(null);
      found = file == null ? null : read(file, identity, freezing, config, at, share);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "a frozen program is not used: {0}", e.getMessage());
    } finally {
      if (found == null && file != null) {
        file.close();
      }
    }
    return Optional.ofNullable(found);
  }

  private static FrozenProgram read(
      PreparedFile file,
      byte[] identity,
      ModuleFreezing freezing,
      WasmConfig config,
      FreezeAt at,
      MemoryShare share)
      throws IOException {
    KeptForm.Kept kept = KeptForm.read(file, identity);
    if (kept == null) {
      return damaged(file);
    }
    Path changed = kept.host().files().changed();
    if (changed != null) {
      LOGGER.log(Level.INFO, "{0} is not used: {1} has changed since", file.path(), changed);
      return null;
    }
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
            new Resumption(config, instance, kept.host()),
            at,
            kept.origin(),
            () -> share.release(bytes));
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

  /**
   * Keeps a program, in place of one of the same configuration.
   *
   * @param program not closed
   * @throws IOException if it cannot be kept; the message says why
   */
  public void keep(FrozenProgram program) throws IOException {
    if (!program.watchesAllFiles()) {
      throw new IOException("it looked at more files than can be watched");
    }
    ModuleFreezing freezing = program.config().module().compiled().freezing();
    byte[] identity = ProgramIdentity.of(program.config(), program.at());
    String name =
        freezing
            .name(identity)
            .orElseThrow(() -> new IOException("this build of wasm-compiler has no fingerprint"));
    Freezer freezer = freezing.freezer();
    program.keptIn(
        CacheFolder.open(folder, maxBytes)
            .store(name, out -> KeptForm.write(program, identity, freezer, out)));
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
