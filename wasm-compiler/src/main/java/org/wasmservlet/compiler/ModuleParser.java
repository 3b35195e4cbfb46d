package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.UnknownCustomSection;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wasmservlet.compiler.binary.FunctionNames;
import org.wasmservlet.compiler.binary.Scan;
import org.wasmservlet.compiler.binary.TooMuchException;

/**
 * Parses and validates modules with Chicory, which allocates what a binary declares and asks
 * afterwards: here it is looked at before, so that a few bytes cannot take the whole heap.
 */
public final class ModuleParser {
  private static final Map<String, Function<byte[], CustomSection>> NAMES =
      Map.of("name", ModuleParser::names);

  private ModuleParser() {}

  /**
   * Parses and validates a module.
   *
   * @param binary with the header of a module
   * @return the module
   * @throws ModuleLimitException if it declares more of something than a module may
   * @throws RuntimeException if it is no valid module; Chicory throws several
   */
  public static WasmModule parse(byte[] binary) {
    BitSet selfReferring = scan(binary).selfReferring();
    if (selfReferring.isEmpty()) {
      return parser(true).parse(() -> new ByteArrayInputStream(binary));
    }
    // Chicory takes the reference of a function to itself for undeclared unless a declarative
    // segment has it. Whether it is declared is known here: it validates a copy that has such one.
    WasmModule module = parser(false).parse(() -> new ByteArrayInputStream(binary));
    validate(module, selfReferring);
    return module;
  }

  private static Scan scan(byte[] binary) {
    try {
      return Scan.of(binary);
    } catch (TooMuchException e) {
      throw new ModuleLimitException(e.getMessage());
    }
  }

  /** What refuses no module for its name section. */
  static Parser parser(boolean validate) {
    return Parser.builder().withCustomParsers(NAMES).withValidation(validate).build();
  }

  private static CustomSection names(byte[] content) {
    if (FunctionNames.areSound(content)) {
      try {
        return NameCustomSection.parse(content);
      } catch (ChicoryException e) {
        // Not UTF-8, for example.
      }
    }
    return UnknownCustomSection.builder().withName("unreadable names").withBytes(content).build();
  }

  private static void validate(WasmModule module, BitSet declared) {
    ElementSection.Builder elements = ElementSection.builder();
    for (Element element : module.elementSection().elements()) {
      elements.addElement(element);
    }
    List<List<Instruction>> references = new ArrayList<>();
    declared.stream()
        .forEach(
            function ->
                references.add(
                    List.of(
                        new Instruction(-1, OpCode.REF_FUNC, new long[] {function}),
                        new Instruction(-1, OpCode.END, new long[0]))));
    elements.addElement(new DeclarativeElement(ValType.FuncRef, references));
    WasmModule.builder()
        .setTypeSection(module.typeSection())
        .setImportSection(module.importSection())
        .setFunctionSection(module.functionSection())
        .setTableSection(module.tableSection())
        .setMemorySection(module.memorySection().orElse(null))
        .setGlobalSection(module.globalSection())
        .setExportSection(module.exportSection())
        .setStartSection(module.startSection().orElse(null))
        .setElementSection(elements.build())
        .setCodeSection(module.codeSection())
        .setDataSection(module.dataSection())
        .setDataCountSection(module.dataCountSection().orElse(null))
        .setTagSection(module.tagSection().orElse(null))
        .withValidation(true)
        .build();
  }
}
