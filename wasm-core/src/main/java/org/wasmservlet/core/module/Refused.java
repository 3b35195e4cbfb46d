package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.RecType;
import com.dylibso.chicory.wasm.types.SubType;

/**
 * What no guest is given: what would take more of the heap than any limit sees, which the engine
 * has; and what it has not.
 */
final class Refused {
  /** Prefixes of instructions. */
  private static final int GARBAGE_COLLECTION = 0xFB;

  private static final int VECTORS = 0xFD;

  private Refused() {}

  /**
   * Looks for it in a module.
   *
   * @param feature that our compiler does not compile, so that the engine's own would have to
   * @return what it is, in words, or null if there is none
   */
  static String describe(WasmModule module, String feature) {
    if (hasSharedMemory(module)) {
      return "has shared memory (threads), which guests are not given";
    }
    if (hasObjects(module)) {
      return "has structs or arrays (garbage collection), which no limit of memory would count";
    }
    if (hasInstructions(module, VECTORS)) {
      return "uses "
          + feature
          + ", which is left to the engine's own compiler, and vector instructions (SIMD), which that"
          + " has not: build it without one of them (clang: -mno-simd128)";
    }
    return null;
  }

  private static boolean hasSharedMemory(WasmModule module) {
    MemorySection memories = module.memorySection().orElse(null);
    for (int i = 0; memories != null && i < memories.memoryCount(); i++) {
      if (memories.getMemory(i).limits().shared()) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasObjects(WasmModule module) {
    for (int i = 0; i < module.typeSection().typeCount(); i++) {
      RecType group = module.typeSection().getRecType(i);
      for (SubType type : group.subTypes()) {
        if (type.compType().funcType() == null) {
          return true;
        }
      }
    }
    // References to small numbers need no type, and take heap all the same.
    return hasInstructions(module, GARBAGE_COLLECTION);
  }

  private static boolean hasInstructions(WasmModule module, int prefix) {
    for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
      for (AnnotatedInstruction instruction :
          module.codeSection().getFunctionBody(i).instructions()) {
        if (instruction.opcode().opcode() >>> 8 == prefix) {
          return true;
        }
      }
    }
    return false;
  }
}
