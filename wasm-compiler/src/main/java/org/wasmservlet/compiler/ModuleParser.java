package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.wasmservlet.compiler.binary.Scan;
import org.wasmservlet.compiler.binary.Sections;
import org.wasmservlet.compiler.binary.TolerantParser;
import org.wasmservlet.compiler.binary.TooMuchException;

/**
 * Parses and validates modules with Chicory, which allocates what a binary declares and asks
 * afterwards: here it is looked at before, so that a few bytes cannot take the whole heap.
 */
public final class ModuleParser {
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
      return TolerantParser.of(true).parse(() -> new ByteArrayInputStream(binary));
    }
    // Chicory takes the reference of a function to itself for undeclared unless a declarative
    // segment has it. Whether it is declared is known here: it validates a copy that has such one.
    WasmModule module = TolerantParser.of(false).parse(() -> new ByteArrayInputStream(binary));
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
    Sections.of(module).setElementSection(elements.build()).withValidation(true).build();
  }
}
