package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.TagType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wasmservlet.compiler.ir.ValueTypes;

/**
 * What Chicory asks of exports and of constant expressions only when an instance is made, or never
 * (core specification, 3.4.4 and 3.4.10).
 */
public final class Declarations {
  private static final int GARBAGE_COLLECTION = 0xFB;

  /** What those references are to that are compiled. */
  private static final Set<Integer> COMPILED =
      Set.of(ValType.FuncRef.typeIdx(), ValType.ExternRef.typeIdx(), ValType.ExnRef.typeIdx());

  private final WasmModule module;
  private final int importedGlobals;
  private final int globals;

  private Declarations(WasmModule module) {
    this.module = module;
    importedGlobals = module.importSection().count(ExternalType.GLOBAL);
    globals = importedGlobals + module.globalSection().globalCount();
  }

  /**
   * Checks a module, code aside.
   *
   * @param module parsed and validated by Chicory
   * @throws InvalidException if it is not valid
   */
  public static void check(WasmModule module) {
    Declarations declarations = new Declarations(module);
    declarations.exports();
    declarations.constants();
    declarations.tags();
    module
        .startSection()
        .ifPresent(start -> declarations.function(start.startIndex(), "the start section"));
  }

  private void exports() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (!names.add(export.name())) {
        throw new InvalidException("duplicate export name: " + export.name());
      }
      // A number of 32 bits.
      if (Integer.compareUnsigned(export.index(), count(export.exportType())) >= 0) {
        String kind = export.exportType().name().toLowerCase(Locale.ROOT);
        throw new InvalidException(
            "unknown "
                + kind
                + " "
                + Integer.toUnsignedString(export.index())
                + " is exported as "
                + export.name());
      }
    }
  }

  private int count(ExternalType type) {
    int imported = module.importSection().count(type);
    switch (type) {
      case FUNCTION:
        return imported + module.functionSection().functionCount();
      case TABLE:
        return imported + module.tableSection().tableCount();
      case MEMORY:
        return imported + module.memorySection().map(m -> m.memoryCount()).orElse(0);
      case GLOBAL:
        return globals;
      default:
        return imported + module.tagSection().map(t -> t.tagCount()).orElse(0);
    }
  }

  private void constants() {
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      // Tables come before the module's own globals.
      constant(module.tableSection().getTable(i).initialize(), importedGlobals);
    }
    for (int i = 0; i < module.globalSection().globalCount(); i++) {
      // A global knows those before it.
      constant(module.globalSection().getGlobal(i).initInstructions(), importedGlobals + i);
    }
    for (Element element : module.elementSection().elements()) {
      if (element instanceof ActiveElement active) {
        constant(active.offset(), globals);
      }
      for (List<Instruction> item : element.initializers()) {
        constant(item, globals);
        element(item, element.type());
      }
    }
    for (DataSegment segment : module.dataSection().dataSegments()) {
      if (segment instanceof ActiveDataSegment active) {
        constant(active.offsetInstructions(), globals);
      }
    }
  }

  private void tags() {
    module.tagSection().ifPresent(section -> Arrays.stream(section.types()).forEach(this::tag));
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof TagImport tag) {
        tag(tag.tagType());
      }
    }
  }

  private void tag(TagType tag) {
    if (tag.attribute() != 0) {
      throw new MalformedException("malformed tag attribute " + tag.attribute());
    }
    if (!module.typeSection().getType(tag.typeIdx()).returns().isEmpty()) {
      throw new InvalidException("non-empty tag result type");
    }
  }

  private void constant(List<Instruction> instructions, int known) {
    for (Instruction instruction : instructions) {
      switch (instruction.opcode()) {
        case GLOBAL_GET -> {
          if (instruction.operand(0) >= known) {
            throw new InvalidException(
                "unknown global " + instruction.operand(0) + " in a constant expression");
          }
        }
        case REF_FUNC -> function(instruction.operand(0), "a constant expression or a segment");
        case REF_NULL -> {
          int type = (int) instruction.operand(0);
          if (type < 0 && !ValType.isAbsHeapTypeIdx(type)) {
            throw new MalformedException("malformed heap type in a constant expression");
          }
        }
        case I32_CONST, I64_CONST, F32_CONST, F64_CONST, V128_CONST, END -> {}
        case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL -> {}
        default -> {
          // Those of garbage collection have constants of their own, and are not compiled.
          if (instruction.opcode().opcode() >>> 8 != GARBAGE_COLLECTION) {
            throw new InvalidException("constant expression required, found " + instruction);
          }
        }
      }
    }
  }

  /** What a segment has must be of its type; only modules that are not compiled have others. */
  private void element(List<Instruction> item, ValType type) {
    // Chicory ends the expressions that it makes of indices, and no others.
    int count = item.size();
    if (count > 0 && item.get(count - 1).opcode() == OpCode.END) {
      count--;
    }
    boolean isValid = count == 1 && isOf(item.get(0), type);
    if (!isValid && isCompiled(item, type)) {
      throw new InvalidException(
          "type mismatch: an element that is no " + ValueTypes.name(ValueTypes.of(type)));
    }
  }

  private static boolean isCompiled(List<Instruction> item, ValType type) {
    return COMPILED.contains(type.typeIdx())
        && item.stream().noneMatch(i -> i.opcode().opcode() >>> 8 == GARBAGE_COLLECTION);
  }

  private boolean isOf(Instruction instruction, ValType type) {
    switch (instruction.opcode()) {
      case REF_FUNC:
        return ValType.matches(ValType.FuncRef.withNullability(false), type);
      case REF_NULL:
        return type.isNullable() && instruction.operand(0) == type.typeIdx();
      case GLOBAL_GET:
        return ValType.matches(global((int) instruction.operand(0)), type, module.typeSection());
      default:
        return false;
    }
  }

  private ValType global(int index) {
    return index < importedGlobals
        ? module.importSection().stream()
            .filter(GlobalImport.class::isInstance)
            .map(GlobalImport.class::cast)
            .skip(index)
            .findFirst()
            .orElseThrow()
            .type()
        : module.globalSection().getGlobal(index - importedGlobals).valueType();
  }

  private void function(long index, String where) {
    if (index < 0 || index >= count(ExternalType.FUNCTION)) {
      throw new InvalidException("unknown function " + index + " in " + where);
    }
  }
}
