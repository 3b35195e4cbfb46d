package org.wasmservlet.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.wasmservlet.core.module.ModuleFile;
import org.wasmservlet.core.module.ModulePacker;
import org.wasmservlet.core.module.Preparation;

/**
 * Where modules are that were compiled earlier, so that they need not be compiled again. Immutable.
 *
 * <p>Whoever can change a prepared module can run code in this process. A folder or a file in it
 * that another user may write is not used, and the log says so; what {@link #orFrom} finds is
 * trusted as it is.
 */
public final class PreparedModules {
  private static final PreparedModules NONE =
      new PreparedModules(null, 0, name -> Optional.empty());

  private final Path folder;
  private final long maxBytes;
  private final Function<String, Optional<Path>> supplied;

  private PreparedModules(Path folder, long maxBytes, Function<String, Optional<Path>> supplied) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.supplied = supplied;
  }

  /**
   * No place: every module is compiled at every start.
   *
   * @return always the same
   */
  public static PreparedModules none() {
    return NONE;
  }

  /**
   * A folder that is read and written, and made when it is first needed.
   *
   * @param folder where; may be shared by several processes of one user
   * @param maxBytes how many bytes to keep there; what is in use stays in any case
   * @return such a place
   */
  public static PreparedModules in(Path folder, long maxBytes) {
    return new PreparedModules(Objects.requireNonNull(folder, "folder"), maxBytes, NONE.supplied);
  }

  /**
   * The same, after a place that is only read.
   *
   * @param lookup gives the file of a name, if there is one; it is trusted like this program's own
   *     classes
   * @return a place that is looked for there first
   */
  public PreparedModules orFrom(Function<String, Optional<Path>> lookup) {
    return new PreparedModules(folder, maxBytes, Objects.requireNonNull(lookup, "lookup"));
  }

  /**
   * Compiles a module ahead of time, so that it is there for {@link #orFrom}, unless it is there
   * already: of the same bytes, by this build, with the same options, and undamaged.
   *
   * @param module the .wasm file
   * @param toBeFrozen whether it is for programs that are {@linkplain ModuleUse#toBeFrozen frozen}
   * @param folder that is there
   * @param progress told at most once a second how many per cent of the functions are compiled, on
   *     the calling thread
   * @return what became of it
   * @throws IOException if the file is no module, or what it is compiled to cannot be written; the
   *     message says why
   */
  public static PackedModule pack(
      Path module, boolean toBeFrozen, Path folder, IntConsumer progress) throws IOException {
    ModulePacker.Packed packed =
        ModulePacker.pack(ModuleFile.identify(module), toBeFrozen, folder, progress);
    return new PackedModule(packed.file(), packed.functions(), packed.unsupported());
  }

  Preparation preparation() {
    return new Preparation(folder, maxBytes, supplied);
  }
}
