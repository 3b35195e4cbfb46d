package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import java.util.List;
import java.util.Set;

/**
 * Drops what an instance of a compiled module no longer needs. Chicory keeps every instruction as
 * an object: hundreds of megabytes for PHP, needed by the interpreter alone.
 */
final class LeanModule {
  private static final FunctionBody COMPILED = new FunctionBody(List.of(), List.of());

  private LeanModule() {}

  /**
   * Copies a module without the bodies of its compiled functions.
   *
   * @param interpreted the indices of the functions whose bodies stay, imports counted
   */
  static WasmModule withoutCompiledBodies(WasmModule module, Set<Integer> interpreted) {
    CodeSection code = module.codeSection();
    CodeSection.Builder kept =
        CodeSection.builder().setRequiresDataCount(code.isRequiresDataCount());
    int imports = module.importSection().count(ExternalType.FUNCTION);
    for (int i = 0; i < code.functionBodyCount(); i++) {
      kept.addFunctionBody(interpreted.contains(imports + i) ? code.getFunctionBody(i) : COMPILED);
    }
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
        .setCodeSection(kept.build())
        .setDataSection(module.dataSection())
        .setDataCountSection(module.dataCountSection().orElse(null))
        .setTagSection(module.tagSection().orElse(null))
        // Validated when it was parsed; the copy's empty bodies would not pass.
        .withValidation(false)
        .build();
  }
}
