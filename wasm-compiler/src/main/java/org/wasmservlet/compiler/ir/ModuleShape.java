package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.SubType;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.TagType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the compiler knows of a module besides its function bodies. Immutable. */
public final class ModuleShape {
  /** More than these are reached through Chicory's objects. */
  private static final int MOST_FIELDS = 200;

  /**
   * A memory of so many pages costs more to look through than its marks do: Ruby's 516 pages took
   * two thirds of a short script, while marks took a tenth of PHP's and Python's loops.
   */
  private static final int MARKED_PAGES = 256;

  private static final int NONE = -1;

  /** How a global is reached. */
  public enum GlobalPlace {
    CONSTANT,
    FIELD,
    OBJECT
  }

  public final WasmModule module;
  final Map<FunctionType, Integer> signatureNumbers = new LinkedHashMap<>();
  public final List<Signature> signatures = new ArrayList<>();
  private final BlockType[] blockTypes;

  /** By type: its number, or {@link #NONE} for a type that only blocks can have. */
  private final int[] typeSignatures;

  public final int[] functionSignatures;
  public final int importedFunctions;
  public final int functions;
  public final char[] globalTypes;
  public final GlobalPlace[] globalPlaces;

  /** The globals that are vectors: their type is that of a half. */
  public final BitSet vectorGlobals = new BitSet();

  /** Those that are constant; of a vector, its low half. */
  public final long[] globalConstants;

  /** The high halves of vectors that are constant. */
  public final long[] highConstants;

  /** By tag: what exceptions of it have with them, as parameters. */
  public final List<BlockType> tags = new ArrayList<>();

  /** Whether stores mark the blocks that they write to. */
  public final boolean marksWrites;

  public ModuleShape(WasmModule module, boolean marksWrites) {
    this.module = module;
    checkFeatures(module);
    this.marksWrites = marksWrites || initialPages(module) >= MARKED_PAGES;
    blockTypes = new BlockType[module.typeSection().subTypeCount()];
    typeSignatures = new int[module.typeSection().subTypeCount()];
    for (int i = 0; i < typeSignatures.length; i++) {
      FunctionType type = module.typeSection().getType(i);
      blockTypes[i] = BlockType.of(ValueTypes.of(type.params()), ValueTypes.of(type.returns()));
      typeSignatures[i] = blockTypes[i].hasExceptions() ? NONE : signatureOf(type);
    }
    List<GlobalImport> importedGlobals = new ArrayList<>();
    List<FunctionType> importedTypes = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported instanceof FunctionImport function) {
        importedTypes.add(module.typeSection().getType(function.typeIndex()));
      } else if (imported instanceof GlobalImport global) {
        importedGlobals.add(global);
      } else if (imported instanceof TagImport tag) {
        addTag(tag.tagType());
      }
    }
    module.tagSection().ifPresent(section -> Arrays.stream(section.types()).forEach(this::addTag));
    importedFunctions = importedTypes.size();
    functions = importedFunctions + module.functionSection().functionCount();
    functionSignatures = new int[functions];
    for (int i = 0; i < functions; i++) {
      FunctionType type =
          i < importedFunctions
              ? importedTypes.get(i)
              : module
                  .functionSection()
                  .getFunctionType(i - importedFunctions, module.typeSection());
      functionSignatures[i] = signatureOf(type);
    }
    int globals = importedGlobals.size() + module.globalSection().globalCount();
    globalTypes = new char[globals];
    globalPlaces = new GlobalPlace[globals];
    globalConstants = new long[globals];
    highConstants = new long[globals];
    boolean[] exported = new boolean[globals];
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.GLOBAL && export.index() < globals) {
        exported[export.index()] = true;
      }
    }
    int fields = 0;
    for (int i = 0; i < globals; i++) {
      if (i < importedGlobals.size()) {
        global(i, importedGlobals.get(i).type());
        globalPlaces[i] = GlobalPlace.OBJECT;
        continue;
      }
      Global global = module.globalSection().getGlobal(i - importedGlobals.size());
      global(i, global.valueType());
      if (isConstant(global)) {
        globalPlaces[i] = GlobalPlace.CONSTANT;
        Instruction constant = global.initInstructions().get(0);
        globalConstants[i] = constant.operand(0);
        highConstants[i] = vectorGlobals.get(i) ? constant.operand(1) : 0;
      } else if (exported[i] || fields == MOST_FIELDS) {
        // Others see it between two instructions of ours: Chicory's object is the truth.
        globalPlaces[i] = GlobalPlace.OBJECT;
      } else {
        globalPlaces[i] = GlobalPlace.FIELD;
        fields++;
      }
    }
  }

  private void addTag(TagType tag) {
    BlockType type = blockTypes[tag.typeIdx()];
    if (type.hasExceptions()) {
      throw new NotCompiledException(Features.EXCEPTIONS);
    }
    tags.add(type);
  }

  private void global(int index, ValType type) {
    byte code = ValueTypes.of(type);
    globalTypes[index] = ValueTypes.jvm(code);
    if (globalTypes[index] == 'E') {
      throw new NotCompiledException(Features.EXCEPTIONS);
    }
    vectorGlobals.set(index, code == ValueTypes.V128);
  }

  public Signature signature(int function) {
    return signatures.get(functionSignatures[function]);
  }

  public Signature typeSignature(int type) {
    if (typeSignatures[type] == NONE) {
      throw new NotCompiledException(Features.EXCEPTIONS);
    }
    return signatures.get(typeSignatures[type]);
  }

  /** What a type of the module takes and gives. */
  public BlockType blockType(int type) {
    return blockTypes[type];
  }

  private int signatureOf(FunctionType type) {
    Integer known = signatureNumbers.get(type);
    if (known != null) {
      return known;
    }
    int number = signatures.size();
    signatureNumbers.put(type, number);
    signatures.add(new Signature(number, type));
    return number;
  }

  /** Of its own memory: an imported one is whose it is. */
  private static int initialPages(WasmModule module) {
    MemorySection memories = module.memorySection().orElse(null);
    return memories == null || memories.memoryCount() == 0
        ? 0
        : memories.getMemory(0).limits().initialPages();
  }

  private static boolean isConstant(Global global) {
    List<Instruction> init = global.initInstructions();
    if (global.mutabilityType() != MutabilityType.Const || init.isEmpty()) {
      return false;
    }
    switch (init.get(0).opcode()) {
      case I32_CONST:
      case I64_CONST:
      case F32_CONST:
      case F64_CONST:
      case V128_CONST:
        return init.size() == 1
            || init.size() == 2
                && init.get(1).opcode() == com.dylibso.chicory.wasm.types.OpCode.END;
      default:
        return false;
    }
  }

  private static void checkFeatures(WasmModule module) {
    int memories = 0;
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof MemoryImport memory) {
        memories++;
        if (memory.limits().shared()) {
          throw new NotCompiledException(Features.THREADS);
        }
      }
    }
    if (module.memorySection().isPresent()) {
      int own = module.memorySection().get().memoryCount();
      memories += own;
      for (int i = 0; i < own; i++) {
        if (module.memorySection().get().getMemory(i).limits().shared()) {
          throw new NotCompiledException(Features.THREADS);
        }
      }
    }
    if (memories > 1) {
      throw new NotCompiledException(Features.MEMORIES);
    }
    for (int i = 0; i < module.typeSection().typeCount(); i++) {
      if (module.typeSection().getRecType(i).subTypes().length > 1) {
        // Equal types of different groups are different.
        throw new NotCompiledException(Features.GARBAGE_COLLECTION);
      }
    }
    for (int i = 0; i < module.typeSection().subTypeCount(); i++) {
      SubType type = module.typeSection().getSubType(i);
      if (type.compType().funcType() == null || !type.isFinal() || type.typeIdx().length > 0) {
        throw new NotCompiledException(Features.GARBAGE_COLLECTION);
      }
    }
  }
}
