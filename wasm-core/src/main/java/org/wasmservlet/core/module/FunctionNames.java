package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.NameCustomSection;

/** What functions, and tags of exceptions, are called in messages. Immutable. */
public final class FunctionNames {
  private final NameCustomSection section;

  private FunctionNames(NameCustomSection section) {
    this.section = section;
  }

  static FunctionNames of(WasmModule module) {
    return new FunctionNames(module.nameSection());
  }

  /**
   * Names a function.
   *
   * @param index its index, imports counted
   * @return the beginning of its name in the name section and its index, or its index alone
   */
  public String describe(int index) {
    String name = section == null ? null : section.nameOfFunction(index);
    return name == null ? "func[" + index + "]" : ModuleText.name(name) + " (func[" + index + "])";
  }

  /**
   * Names the tag of an exception.
   *
   * @param module whose it is
   * @param index its index, imports counted
   * @return the name that it has in an export, an import or the name section, and its index, or its
   *     index alone
   */
  public String describeTag(WasmModule module, int index) {
    String name = exported(module, index);
    if (name == null) {
      name = imported(module, index);
    }
    if (name == null && section != null) {
      name = section.nameOfTag(index);
    }
    return name == null ? "tag[" + index + "]" : ModuleText.name(name) + " (tag[" + index + "])";
  }

  private static String exported(WasmModule module, int index) {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.TAG && export.index() == index) {
        return export.name();
      }
    }
    return null;
  }

  private static String imported(WasmModule module, int index) {
    int tags = 0;
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported.importType() == ExternalType.TAG && tags++ == index) {
        return imported.module() + "." + imported.name();
      }
    }
    return null;
  }
}
