package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import java.util.List;

/** Copies modules, some of whose sections are to be others. */
public final class Sections {
  private static final FunctionBody NOTHING = new FunctionBody(List.of(), List.of());

  private Sections() {}

  /**
   * Begins a copy.
   *
   * @param module copied but for its custom sections
   * @return a builder that has all other sections
   */
  public static WasmModule.Builder of(WasmModule module) {
    return WasmModule.builder()
        .setTypeSection(module.typeSection())
        .setImportSection(module.importSection())
        .setFunctionSection(module.functionSection())
        .setTableSection(module.tableSection())
        .setMemorySection(module.memorySection().orElse(null))
        .setGlobalSection(module.globalSection())
        .setExportSection(module.exportSection())
        .setStartSection(module.startSection().orElse(null))
        .setElementSection(module.elementSection())
        .setCodeSection(module.codeSection())
        .setDataSection(module.dataSection())
        .setDataCountSection(module.dataCountSection().orElse(null))
        .setTagSection(module.tagSection().orElse(null));
  }

  /**
   * The code section of a module whose code is elsewhere: Chicory counts bodies. It would not pass
   * as valid.
   *
   * @param functions how many
   * @return as many bodies of nothing
   */
  public static CodeSection withoutCode(int functions) {
    CodeSection.Builder bodies = CodeSection.builder();
    for (int i = 0; i < functions; i++) {
      bodies.addFunctionBody(NOTHING);
    }
    return bodies.build();
  }
}
