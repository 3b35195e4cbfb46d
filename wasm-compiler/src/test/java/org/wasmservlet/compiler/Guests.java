package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The modules of {@code src/test/resources/guests}. */
final class Guests {
  private Guests() {}

  static WasmModule module(String name) {
    return ModuleParser.parse(binary(name));
  }

  /** Ends an instance that the compiler made: its memory goes to the next one. */
  static void close(Instance instance) {
    ((CompiledMachine) instance.getMachine()).close();
  }

  static byte[] binary(String name) {
    try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
