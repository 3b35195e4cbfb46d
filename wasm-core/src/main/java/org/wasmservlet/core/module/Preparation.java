package org.wasmservlet.core.module;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.PreparedModule;
import org.wasmservlet.compiler.WasmCompiler;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * Finds modules that are prepared, and keeps those that have been compiled. Whatever goes wrong
 * with either costs a compilation and a line in the log, and nothing else.
 */
public final class Preparation {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.ModuleCache");

  /** The JIT compiles a method that is called often before one that runs long. */
  private static final int DIGEST_PIECE = 1 << 14;

  private final Path folder;
  private final long maxBytes;
  private final Function<String, Optional<Path>> supplied;

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

  /** A prepared module and the file that its classes come out of. */
  record Found(PreparedModule module, PreparedFile file) {}

  /** Looks for a module; null if it is not prepared. */
  Found find(WasmCompiler compiler, byte[] binary) {
    byte[] digest = sha256(binary);
    String name = compiler.preparedName(digest).orElse(null);
    if (name == null) {
      return null;
    }
    Found found = read(compiler, digest, () -> supplied(name));
    return found != null ? found : read(compiler, digest, () -> stored(name));
  }

  private Optional<PreparedFile> supplied(String name) throws IOException {
    Optional<Path> path = supplied.apply(name);
    return path.isPresent() ? Optional.of(PreparedFile.open(path.get())) : Optional.empty();
  }

  private Optional<PreparedFile> stored(String name) throws IOException {
    return folder == null || Files.notExists(folder)
        ? Optional.empty()
        : CacheFolder.open(folder, maxBytes).find(name);
  }

  private static Found read(WasmCompiler compiler, byte[] digest, Place place) {
    PreparedFile file;
    try {
      file = place.open().orElse(null);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "a prepared module is not used: {0}", e.getMessage());
      return null;
    }
    if (file == null) {
      return null;
    }
    PreparedModule module = compiler.read(file.bytes(), digest).orElse(null);
    if (module == null) {
      LOGGER.log(
          Level.WARNING,
          "{0} is damaged and is not used: the module is compiled anew",
          file.path());
      file.close();
      return null;
    }
    return new Found(module, file);
  }

  /** Keeps a compiled module; null if there is nowhere to keep it. */
  Found store(WasmCompiler compiler, CompiledCode code, byte[] binary) {
    if (folder == null) {
      return null;
    }
    byte[] digest = sha256(binary);
    String name = compiler.preparedName(digest).orElse(null);
    if (name == null) {
      LOGGER.log(
          Level.INFO,
          "compiled modules are not kept: this build of wasm-compiler has no fingerprint");
      return null;
    }
    return read(
        compiler,
        digest,
        () ->
            Optional.of(
                CacheFolder.open(folder, maxBytes)
                    .store(name, out -> compiler.write(code, binary, out))));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int at = 0; at < bytes.length; at += DIGEST_PIECE) {
        digest.update(bytes, at, Math.min(DIGEST_PIECE, bytes.length - at));
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @FunctionalInterface
  private interface Place {
    Optional<PreparedFile> open() throws IOException;
  }
}
