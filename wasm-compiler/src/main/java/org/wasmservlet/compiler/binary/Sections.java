package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.SectionId;
import com.dylibso.chicory.wasm.types.StartSection;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TagSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import java.util.List;

/** Puts modules together of sections, some of which are to be others than the parser's. */
public final class Sections {
  private static final FunctionBody NOTHING = new FunctionBody(List.of(), List.of());
  private static final FunctionBody TRAP = trap();

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
    return repeated(NOTHING, functions);
  }

  /** A code section of functions that only trap, which is valid whatever their types are. */
  static CodeSection trapping(int functions) {
    return repeated(TRAP, functions);
  }

  private static CodeSection repeated(FunctionBody body, int count) {
    CodeSection.Builder bodies = CodeSection.builder();
    for (int i = 0; i < count; i++) {
      bodies.addFunctionBody(body);
    }
    return bodies.build();
  }

  private static FunctionBody trap() {
    Instruction trap = new Instruction(-1, OpCode.UNREACHABLE, new long[0]);
    Instruction end = new Instruction(-1, OpCode.END, new long[0]);
    return new FunctionBody(
        List.of(),
        List.of(
            AnnotatedInstruction.builder().from(trap).build(),
            AnnotatedInstruction.builder().from(end).withScope(end).build()));
  }

  /**
   * Adds a section.
   *
   * @param section as the parser gives it
   * @param module that it becomes part of
   */
  public static void add(Section section, WasmModule.Builder module) {
    switch (section.sectionId()) {
      case SectionId.CUSTOM -> {
        CustomSection custom = (CustomSection) section;
        module.addCustomSection(custom.name(), custom);
      }
      case SectionId.TYPE -> module.setTypeSection((TypeSection) section);
      case SectionId.IMPORT -> module.setImportSection((ImportSection) section);
      case SectionId.FUNCTION -> module.setFunctionSection((FunctionSection) section);
      case SectionId.TABLE -> module.setTableSection((TableSection) section);
      case SectionId.MEMORY -> module.setMemorySection((MemorySection) section);
      case SectionId.TAG -> module.setTagSection((TagSection) section);
      case SectionId.GLOBAL -> module.setGlobalSection((GlobalSection) section);
      case SectionId.EXPORT -> module.setExportSection((ExportSection) section);
      case SectionId.START -> module.setStartSection((StartSection) section);
      case SectionId.ELEMENT -> module.setElementSection((ElementSection) section);
      case SectionId.CODE -> module.setCodeSection((CodeSection) section);
      case SectionId.DATA -> module.setDataSection((DataSection) section);
      case SectionId.DATA_COUNT -> module.setDataCountSection((DataCountSection) section);
      default -> throw new IllegalStateException("section " + section.sectionId());
    }
  }
}
