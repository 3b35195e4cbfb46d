package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.util.function.Supplier;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.ModuleFeatures;
import org.wasmservlet.compiler.ModuleLimitException;
import org.wasmservlet.compiler.ModuleParser;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;

/** Parses and validates modules, in whichever order; what is no valid module is an IOException. */
final class ModuleReading {
  private ModuleReading() {}

  /** Parses all of a module but its code. */
  static WasmBinary withoutCode(byte[] binary) throws IOException {
    try {
      return parse(() -> WasmBinary.parse(binary));
    } catch (IOException e) {
      if (ModuleFeatures.of(binary).names().contains(ModuleFeatures.LONG_MEMORY)) {
        // Chicory takes its limits for malformed.
        throw new IOException(
            "has a 64-bit memory or table, which the engine has not: build it for 32 bits (wasm32)",
            e);
      }
      throw e;
    }
  }

  /** Parses a module with its code, which takes long. */
  static WasmModule whole(byte[] binary) throws IOException {
    return parse(() -> ModuleParser.parse(binary));
  }

  private static <T> T parse(Supplier<T> parser) throws IOException {
    try {
      return parser.get();
    } catch (RuntimeException e) {
      // Chicory's parser also lets plain exceptions of buffers and numbers out.
      throw notValid(e);
    }
  }

  /** Compiles a module, whose code is read and validated for the first time. */
  static CompiledCode compile(WasmCompiler compiler, WasmBinary module) throws IOException {
    try {
      return compiler.compile(module);
    } catch (MalformedException | InvalidException | ModuleLimitException e) {
      throw notValid(e);
    }
  }

  private static IOException notValid(RuntimeException e) {
    String fault =
        e instanceof ModuleLimitException
            ? "too large: " + e.getMessage()
            : "not a valid WebAssembly module: " + reason(e);
    return new IOException(fault, e);
  }

  /** What went wrong, for a message. */
  static String reason(Throwable e) {
    return ModuleText.message(
        e instanceof ChicoryException && e.getMessage() != null ? e.getMessage() : e.toString());
  }
}
