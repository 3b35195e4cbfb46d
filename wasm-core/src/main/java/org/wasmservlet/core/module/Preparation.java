package org.wasmservlet.core.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.PreparedModule;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * Finds a module that is prepared, or keeps it when it has been compiled. Whatever goes wrong with
 * either costs a compilation and a line in the log, and nothing else. For one load, on its thread.
 */
public final class Preparation {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.ModuleCache");

  private final Path folder;
  private final long maxBytes;
  private final Function<String, Optional<Path>> supplied;

  /** The folder when it has been opened; null before, and if it cannot be used. */
  private CacheFolder cache;

  private boolean unusable;

  /**
   * Looks in two places.
   *
   * @param folder that is read and written, or null
   * @param maxBytes that may be kept there
   * @param supplied gives the trusted file of a name, if there is one
   */
  public Preparation(Path folder, long maxBytes, Function<String, Optional<Path>> supplied) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.supplied = supplied;
  }

  /**
   * A prepared module.
   *
   * @param module the module
   * @param file what its classes come out of
   * @param firstClasses where it is kept which of them are needed first
   */
  record Found(PreparedModule module, PreparedFile file, FirstClasses.Place firstClasses) {}

  /** Looks for a module; null if it is not prepared. */
  Found find(WasmCompiler compiler, Original original) {
    String name = compiler.preparedName(original.digest()).orElse(null);
    if (name == null) {
      return null;
    }
    Found found = read(compiler, original, name, () -> supplied(name));
    return found != null ? found : read(compiler, original, name, () -> stored(name));
  }

  private Optional<PreparedFile> supplied(String name) throws IOException {
    Optional<Path> path = supplied.apply(name);
    return path.isPresent() ? Optional.of(PreparedFile.open(path.get())) : Optional.empty();
  }

  private Optional<PreparedFile> stored(String name) throws IOException {
    CacheFolder existing = existingCache();
    return existing == null ? Optional.empty() : existing.find(name);
  }

  private CacheFolder existingCache() {
    return folder == null || Files.notExists(folder) ? null : cache();
  }

  /**
   * The folder, which is made where there is none; null if it cannot be used, which is said once.
   */
  private CacheFolder cache() {
    if (cache == null && !unusable) {
      try {
        cache = CacheFolder.open(folder, maxBytes);
      } catch (IOException e) {
        unusable = true;
        warn(e);
      }
    }
    return cache;
  }

  private static void warn(IOException e) {
    LOGGER.log(Level.WARNING, "a prepared module is not used: {0}", e.getMessage());
  }

  private Found read(WasmCompiler compiler, Original original, String name, Place place) {
    PreparedFile file;
    try {
      file = place.open().orElse(null);
    } catch (IOException e) {
      warn(e);
      return null;
    }
    if (file == null) {
      return null;
    }
    PreparedModule module =
        compiler
            .read(file, original.digest(), () -> repair(compiler, original, name, file.path()))
            .orElse(null);
    if (module == null) {
      LOGGER.log(
          Level.WARNING,
          "{0} is damaged and is not used: the module is compiled anew",
          file.path());
      file.close();
      return null;
    }
    return new Found(module, file, new FirstClasses.Place(existingCache(), name));
  }

  /** Compiles a module whose file has been damaged while it was in use, and keeps it again. */
  private CompiledCode repair(WasmCompiler compiler, Original original, String name, Path damaged) {
    LOGGER.log(
        Level.WARNING, "{0} was damaged while it was in use: the module is compiled anew", damaged);
    byte[] binary;
    try {
      binary = original.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    CompiledCode code = compiler.compile(WasmBinary.parse(binary));
    CacheFolder writable = folder == null ? null : cache();
    if (writable != null) {
      try {
        // Whoever has the damaged one open goes on with that, and with this code.
        writable.store(name, out -> compiler.write(code, binary, out)).close();
      } catch (IOException e) {
        warn(e);
      }
    }
    return code;
  }

  /** Keeps a compiled module; null if there is nowhere to keep it. */
  Found store(WasmCompiler compiler, CompiledCode code, Original original, byte[] binary) {
    if (folder == null) {
      return null;
    }
    String name = compiler.preparedName(original.digest()).orElse(null);
    if (name == null) {
      LOGGER.log(
          Level.INFO,
          "compiled modules are not kept: this build of wasm-compiler has no fingerprint");
      return null;
    }
    CacheFolder writable = cache();
    return writable == null
        ? null
        : read(
            compiler,
            original,
            name,
            () -> Optional.of(writable.store(name, out -> compiler.write(code, binary, out))));
  }

  @FunctionalInterface
  private interface Place {
    Optional<PreparedFile> open() throws IOException;
  }
}
