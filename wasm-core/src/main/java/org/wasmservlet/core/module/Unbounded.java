package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.RecType;
import com.dylibso.chicory.wasm.types.SubType;

/**
 * What a guest would use to take more of the heap than any limit sees. The engine has it; guests
 * are not given it.
 */
final class Unbounded {
  private static final int GARBAGE_COLLECTION = 0xFB;

  private Unbounded() {}

  /**
   * Looks for it in a module.
   *
   * @return what it is, in words, or null if there is none
   */
  static String describe(WasmModule module) {
    if (hasSharedMemory(module)) {
      return "has shared memory (threads), which guests are not given";
    }
    if (hasObjects(module)) {
      return "has structs or arrays (garbage collection), which no limit of memory would count";
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
    for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
      for (AnnotatedInstruction instruction :
          module.codeSection().getFunctionBody(i).instructions()) {
        if (instruction.opcode().opcode() >>> 8 == GARBAGE_COLLECTION) {
          return true;
        }
      }
    }
    return false;
  }
}
