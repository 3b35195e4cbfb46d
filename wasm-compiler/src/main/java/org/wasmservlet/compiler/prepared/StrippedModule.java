package org.wasmservlet.compiler.prepared;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.SectionId;
import com.dylibso.chicory.wasm.types.StartSection;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TagSection;
import com.dylibso.chicory.wasm.types.TypeSection;
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
    switch (section.sectionId()) {
      case SectionId.CUSTOM -> {
        CustomSection custom = (CustomSection) section;
        module.addCustomSection(custom.name(), custom);
      }
      case SectionId.TYPE -> module.setTypeSection((TypeSection) section);
      case SectionId.IMPORT -> module.setImportSection((ImportSection) section);
      case SectionId.FUNCTION -> {
        FunctionSection functions = (FunctionSection) section;
        module.setFunctionSection(functions);
        module.setCodeSection(Sections.withoutCode(functions.functionCount()));
      }
      case SectionId.TABLE -> module.setTableSection((TableSection) section);
      case SectionId.MEMORY -> module.setMemorySection((MemorySection) section);
      case SectionId.TAG -> module.setTagSection((TagSection) section);
      case SectionId.GLOBAL -> module.setGlobalSection((GlobalSection) section);
      case SectionId.EXPORT -> module.setExportSection((ExportSection) section);
      case SectionId.START -> module.setStartSection((StartSection) section);
      case SectionId.ELEMENT -> module.setElementSection((ElementSection) section);
      case SectionId.DATA -> module.setDataSection((DataSection) section);
      case SectionId.DATA_COUNT -> module.setDataCountSection((DataCountSection) section);
      default -> throw new IllegalStateException("section " + section.sectionId());
    }
  }
}
