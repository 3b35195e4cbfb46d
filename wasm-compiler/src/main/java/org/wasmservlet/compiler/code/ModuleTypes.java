package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import org.wasmservlet.compiler.binary.Values;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.Features;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.NotCompiledException;
import org.wasmservlet.compiler.ir.ValueTypes;

/** What a module declares outside of its code, by index: the context of validation (3.1.1). */
public final class ModuleTypes {
  private final ModuleShape shape;
  private final NameCustomSection names;
  private final BitSet declared;
  private final Values values;
  private final byte[] globals;
  private final BitSet mutable = new BitSet();
  private final byte[] tables;
  private final byte[] elements;
  private final int memories;

  /** As the data count section has it; -1 without one. */
  private final int dataSegments;

  /**
   * Reads what is declared.
   *
   * @param shape of the module
   * @param declared functions that something outside of code refers to
   * @param values counts what its code takes and gives
   */
  public ModuleTypes(ModuleShape shape, BitSet declared, Values values) {
    WasmModule module = shape.module;
    this.shape = shape;
    this.names = module.nameSection();
    this.declared = declared;
    this.values = values;
    ByteArrayOutputStream globalTypes = new ByteArrayOutputStream();
    ByteArrayOutputStream tableTypes = new ByteArrayOutputStream();
    int memoryCount = 0;
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported instanceof GlobalImport global) {
        mutable.set(globalTypes.size(), global.mutabilityType() == MutabilityType.Var);
        globalTypes.write(ValueTypes.of(global.type()));
      } else if (imported instanceof TableImport table) {
        tableTypes.write(elementType(table.entryType()));
      } else if (imported instanceof MemoryImport) {
        memoryCount++;
      }
    }
    for (int i = 0; i < module.globalSection().globalCount(); i++) {
      var global = module.globalSection().getGlobal(i);
      mutable.set(globalTypes.size(), global.mutabilityType() == MutabilityType.Var);
      globalTypes.write(ValueTypes.of(global.valueType()));
    }
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      tableTypes.write(elementType(module.tableSection().getTable(i).elementType()));
    }
    Element[] segments = module.elementSection().elements();
    elements = new byte[segments.length];
    for (int i = 0; i < segments.length; i++) {
      elements[i] = ValueTypes.of(segments[i].type());
    }
    globals = globalTypes.toByteArray();
    tables = tableTypes.toByteArray();
    memories = memoryCount + module.memorySection().map(m -> m.memoryCount()).orElse(0);
    dataSegments = module.dataCountSection().map(d -> d.dataCount()).orElse(-1);
  }

  private static byte elementType(ValType type) {
    byte element = ValueTypes.of(type);
    if (element == ValueTypes.EXNREF) {
      throw new NotCompiledException(Features.EXCEPTIONS);
    }
    return element;
  }

  BlockType type(long index) {
    if (index < 0 || index >= shape.module.typeSection().subTypeCount()) {
      throw CodeFault.invalid("unknown type " + index);
    }
    return shape.blockType((int) index);
  }

  /** What an exception of a tag has with it. */
  byte[] tag(long index) {
    if (index >= shape.tags.size()) {
      throw CodeFault.invalid("unknown tag " + index);
    }
    return shape.tags.get((int) index).params();
  }

  BlockType function(long index) {
    if (index >= shape.functions) {
      throw CodeFault.invalid("unknown function " + index);
    }
    return shape.signature((int) index).block;
  }

  /** What a function that is not imported takes and gives. */
  BlockType ownFunction(int function) {
    return shape.signature(shape.importedFunctions + function).block;
  }

  void checkReference(long function) {
    function(function);
    if (!declared.get((int) function)) {
      throw CodeFault.invalid("undeclared function reference: function " + function);
    }
  }

  byte global(long index) {
    if (index >= globals.length) {
      throw CodeFault.invalid("unknown global " + index);
    }
    return globals[(int) index];
  }

  boolean isMutable(long global) {
    return mutable.get((int) global);
  }

  byte table(long index) {
    if (index >= tables.length) {
      throw CodeFault.invalid("unknown table " + index);
    }
    return tables[(int) index];
  }

  byte element(long index) {
    if (index >= elements.length) {
      throw CodeFault.invalid("unknown elem segment " + index);
    }
    return elements[(int) index];
  }

  void checkData(long index) {
    if (dataSegments < 0) {
      throw CodeFault.malformed("data count section required");
    }
    if (index >= dataSegments) {
      throw CodeFault.invalid("unknown data segment " + index);
    }
  }

  void checkMemory(long index) {
    if (index >= memories) {
      throw CodeFault.invalid("unknown memory " + index);
    }
  }

  /** Checks the memory argument of a load or store of so many bytes. */
  void checkAccess(Instruction instruction, int width) {
    checkMemory(0);
    if (instruction.operand(0) > Integer.numberOfTrailingZeros(width)) {
      throw CodeFault.invalid("alignment must not be larger than natural");
    }
  }

  Values values() {
    return values;
  }

  /** How a function that is not imported is called in a message. */
  String describe(int function) {
    int index = shape.importedFunctions + function;
    String name = names == null ? null : names.nameOfFunction(index);
    return "function " + index + (name == null ? "" : " (" + name + ")");
  }
}
