package org.wasmservlet.core.module;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.UnsupportedFeatureException;
import org.wasmservlet.compiler.WasmCompiler;

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
   * @return what became of it
   * @throws IOException if the file is no module, or what it is compiled to cannot be written; the
   *     message names the file
   */
  public static Packed pack(ModuleFile file, boolean toBeFrozen, Path folder) throws IOException {
    ModuleBinary binary = ModuleBinary.read(file);
    WasmCompiler compiler = ModuleLoader.compiler(toBeFrozen);
    String name =
        compiler
            .preparedName(binary.digest())
            .orElseThrow(() -> new IOException("this build of the compiler has no fingerprint"));
    Path prepared = folder.resolve(name);
    if (Files.exists(prepared)) {
      return new Packed(prepared, 0, null);
    }
    CompiledCode code;
    try {
      code = compile(compiler, binary);
    } catch (UnsupportedFeatureException e) {
      return new Packed(null, 0, e.feature());
    }
    Path partial = folder.resolve(name + ".part");
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

  private static CompiledCode compile(WasmCompiler compiler, ModuleBinary binary)
      throws IOException {
    try {
      return ModuleReading.compile(compiler, ModuleReading.withoutCode(binary.bytes()));
    } catch (IOException e) {
      throw new IOException(binary.file().path() + ": " + e.getMessage(), e);
    }
  }
}
