package org.wasmservlet.core.module;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.IntConsumer;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.UnsupportedFeatureException;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;
import org.wasmservlet.core.prepared.PreparedFile;

/** Compiles modules ahead of time, for whoever looks into a folder. */
public final class ModulePacker {
  private ModulePacker() {}

  /**
   * What became of a module.
   *
   * @param file what it was compiled to; null if it cannot be prepared
   * @param functions that were compiled; 0 if it was there before
   * @param unsupported what it uses that cannot be prepared; null if it can
   */
  public record Packed(Path file, int functions, String unsupported) {}

  /**
   * Compiles a module, unless that has been done.
   *
   * @param file which one
   * @param toBeFrozen whether its code is to be good for programs that are frozen
   * @param folder where to put it
   * @param progress told at most once a second how many per cent of its functions are compiled
   * @return what became of it
   * @throws IOException if the file is no module, or what it is compiled to cannot be written; the
   *     message names the file
   */
  public static Packed pack(ModuleFile file, boolean toBeFrozen, Path folder, IntConsumer progress)
      throws IOException {
    ModuleBinary binary = ModuleBinary.read(file);
    WasmCompiler compiler = ModuleLoader.compiler(toBeFrozen);
    String name =
        compiler
            .preparedName(binary.digest())
            .orElseThrow(() -> new IOException("this build of the compiler has no fingerprint"));
    Path prepared = folder.resolve(name);
    if (isPrepared(compiler, binary, prepared)) {
      return new Packed(prepared, 0, null);
    }
    CompiledCode code;
    try {
      code = compile(compiler, binary, progress);
    } catch (UnsupportedFeatureException e) {
      return new Packed(null, 0, e.feature());
    }
    // Another process may be at the same.
    Path partial = folder.resolve(name + "-" + ProcessHandle.current().pid() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16)) {
        compiler.write(code, binary.bytes(), out);
      }
      Files.move(partial, prepared, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
    return new Packed(prepared, code.functionCount(), null);
  }

  /** A file that has been cut short, for example, is made anew. */
  private static boolean isPrepared(WasmCompiler compiler, ModuleBinary binary, Path prepared) {
    if (!Files.exists(prepared)) {
      return false;
    }
    try (PreparedFile file = PreparedFile.open(prepared)) {
      return compiler
          .read(file, binary.digest(), () -> compiler.compile(WasmBinary.parse(binary.bytes())))
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static CompiledCode compile(
      WasmCompiler compiler, ModuleBinary binary, IntConsumer progress) throws IOException {
    try {
      WasmBinary module = ModuleReading.withoutCode(binary.bytes());
      int functions = module.outline().functionSection().functionCount();
      return ModuleReading.compile(
          compiler.withProgress(
              new Progress(compiled -> progress.accept((int) (100L * compiled / functions)))),
          module);
    } catch (IOException e) {
      throw new IOException(binary.file().path() + ": " + e.getMessage(), e);
    }
  }
}
