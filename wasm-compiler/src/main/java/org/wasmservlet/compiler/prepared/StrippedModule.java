package org.wasmservlet.compiler.prepared;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.Section;
import java.io.ByteArrayInputStream;
import org.wasmservlet.compiler.binary.Sections;
import org.wasmservlet.compiler.binary.TolerantParser;

/** Parses a {@linkplain StrippedBinary stripped binary}, which has no code section. */
final class StrippedModule {
  private StrippedModule() {}

  static WasmModule parse(byte[] stripped) {
    // It was validated with its code; without, it would not pass.
    WasmModule.Builder module = WasmModule.builder().withValidation(false);
    TolerantParser.of(false)
        .parse(new ByteArrayInputStream(stripped), section -> add(section, module));
    return module.build();
  }

  private static void add(Section section, WasmModule.Builder module) {
    Sections.add(section, module);
    if (section instanceof FunctionSection functions) {
      module.setCodeSection(Sections.withoutCode(functions.functionCount()));
    }
  }
}
