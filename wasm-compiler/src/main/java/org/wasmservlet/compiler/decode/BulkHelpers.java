package org.wasmservlet.compiler.decode;

import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.Features;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.NotCompiledException;

/** The runtime's methods for what is done to memories and tables as a whole. */
final class BulkHelpers {
  private BulkHelpers() {}

  /** The helper for an instruction. */
  static Helper of(Instruction ins) {
    int first = ins.operandCount() > 0 ? (int) ins.operand(0) : 0;
    int second = ins.operandCount() > 1 ? (int) ins.operand(1) : 0;
    return switch (ins.opcode()) {
      case MEMORY_SIZE -> Helper.query("memorySize", "", 'I');
      case MEMORY_GROW -> Helper.bulk("memoryGrow", "I", 'I');
      case MEMORY_FILL -> Helper.bulk("memoryFill", "III", 'V');
      case MEMORY_COPY -> Helper.bulk("memoryCopy", "III", 'V');
      case MEMORY_INIT -> Helper.bulk("memoryInit", "III", 'V', first);
      case DATA_DROP -> Helper.bulk("dataDrop", "", 'V', first);
      case TABLE_GET -> Helper.query("tableGet", "I", 'I', first);
      case TABLE_SET -> Helper.bulk("tableSet", "II", 'V', first);
      case TABLE_SIZE -> Helper.query("tableSize", "", 'I', first);
      case TABLE_GROW -> Helper.bulk("tableGrow", "II", 'I', first);
      case TABLE_FILL -> Helper.bulk("tableFill", "III", 'V', first);
      case TABLE_COPY -> Helper.bulk("tableCopy", "III", 'V', first, second);
      case TABLE_INIT -> Helper.bulk("tableInit", "III", 'V', second, first);
      case ELEM_DROP -> Helper.bulk("elemDrop", "", 'V', first);
      default -> throw new NotCompiledException(Features.nameOf(ins.opcode()));
    };
  }
}
