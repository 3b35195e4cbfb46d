package org.wasmservlet.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.wasmservlet.core.module.ModuleFreezing;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * Where frozen programs outlive the process: a folder of this machine, beside the modules that are
 * {@linkplain PreparedModules#in prepared} there, or another one; and before that what has been
 * {@linkplain #pack packed} elsewhere. Immutable, safe for use by several threads and processes of
 * one user.
 *
 * <p>A kept program is all that it had in its memory, secrets too: the files can be read and
 * written by this process's user alone. Whoever can change one can run code in this process: a
 * folder, or a file in it, that another user may write is not used; what {@link #orFrom} finds is
 * trusted as it is.
 */
public final class FrozenPrograms {
  private static final FrozenPrograms NONE = new FrozenPrograms(null, 0, name -> Optional.empty());

  /** Null if nothing is kept. */
  private final Path folder;

  private final long maxBytes;
  private final Function<String, Optional<Path>> supplied;

  private FrozenPrograms(Path folder, long maxBytes, Function<String, Optional<Path>> supplied) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.supplied = supplied;
  }

  /**
   * No place: nothing is found, and nothing kept.
   *
   * @return always the same
   */
  public static FrozenPrograms none() {
    return NONE;
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
    return new FrozenPrograms(Objects.requireNonNull(folder, "folder"), maxBytes, NONE.supplied);
  }

  /**
   * The same, after a place that is only read, and has what was packed.
   *
   * @param lookup gives the file of a name, if there is one; it is trusted like this program's own
   *     classes
   * @return a place that is looked for there first
   */
  public FrozenPrograms orFrom(Function<String, Optional<Path>> lookup) {
    return new FrozenPrograms(folder, maxBytes, Objects.requireNonNull(lookup, "lookup"));
  }

  /**
   * Whether there is a folder.
   *
   * @return false if nothing can be {@linkplain #keep kept}
   */
  public boolean keeps() {
    return folder != null;
  }

  /**
   * Looks for a program that was frozen earlier: of the same module and build of this library, with
   * the same arguments, environment, directories, entry point and limits, at the same place; and
   * only if all files that it had looked at are what they were: in the folder the same ones, of
   * what was packed those of the same content. Nothing of it is run. Why one that is there is not
   * used, the log says.
   *
   * @param config what is to be run
   * @param at where it was frozen
   * @param share whose memory it takes
   * @return to be closed by the caller; empty if there is none, or it cannot be used
   */
  public Optional<FrozenProgram> find(WasmConfig config, FreezeAt at, MemoryShare share) {
    ModuleFreezing freezing = config.module().compiled().freezing();
    if (freezing == null) {
      return Optional.empty();
    }
    FrozenSearch search = new FrozenSearch(freezing, config, at, share);
    FrozenProgram packed =
        search.find(
            KeptForm.ANYWHERE,
            ProgramIdentity.ofPacked(config, at),
            name -> {
              Path file = supplied.apply(name).orElse(null);
              return file == null ? Optional.empty() : Optional.of(PreparedFile.open(file));
            });
    if (packed != null || folder == null || Files.notExists(folder)) {
      return Optional.ofNullable(packed);
    }
    return Optional.ofNullable(
        search.find(
            KeptForm.HERE,
            ProgramIdentity.of(config, at),
            name -> CacheFolder.open(folder, maxBytes).find(name)));
  }

  /**
   * Keeps a program, in place of one of the same configuration.
   *
   * @param program not closed
   * @throws IOException if it cannot be kept; the message says why
   * @throws IllegalStateException if there is no folder
   */
  public void keep(FrozenProgram program) throws IOException {
    if (!keeps()) {
      throw new IllegalStateException("there is no folder");
    }
    if (!program.watchesAllFiles()) {
      throw new IOException("it looked at more files than can be watched");
    }
    byte[] identity = ProgramIdentity.of(program.config(), program.at());
    program.keptIn(
        CacheFolder.open(folder, maxBytes)
            .store(name(program, identity), out -> write(program, KeptForm.HERE, identity, out)));
  }

  /**
   * Packs a program, so that it goes on from there on other machines too, where {@link #orFrom}
   * finds it: with the same build of this library, the same module, arguments, environment, entry
   * point and limits, and directories of the same names for it and the same content as far as it
   * has looked at that. The file has all that the program had in its memory, secrets too, and
   * whoever can read the folder can read it.
   *
   * @param program not closed
   * @param folder that is there; a program of the same configuration there is replaced
   * @return its file
   * @throws IOException if it depends on this machine, or cannot be written; the message says why
   */
  public static Path pack(FrozenProgram program, Path folder) throws IOException {
    byte[] identity = ProgramIdentity.ofPacked(program.config(), program.at());
    Path file = folder.resolve(name(program, identity));
    Path partial = folder.resolve(file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16)) {
        write(program, KeptForm.ANYWHERE, identity, out);
      }
      return Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static String name(FrozenProgram program, byte[] identity) throws IOException {
    return freezing(program)
        .name(identity)
        .orElseThrow(() -> new IOException("this build of wasm-compiler has no fingerprint"));
  }

  private static void write(FrozenProgram program, KeptForm form, byte[] identity, OutputStream out)
      throws IOException {
    form.write(program, identity, freezing(program).freezer(), out);
  }

  private static ModuleFreezing freezing(FrozenProgram program) {
    return program.config().module().compiled().freezing();
  }

  @Override
  public String toString() {
    return String.valueOf(folder);
  }
}
