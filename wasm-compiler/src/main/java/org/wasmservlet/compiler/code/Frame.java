package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.BlockType;

/** An open structured instruction while a body is validated. */
final class Frame {
  /** BLOCK for a function; ELSE for what follows that. */
  final OpCode opcode;

  final BlockType type;

  /** Operands below its parameters. */
  final int height;

  /** Whether what follows is never reached: operands are whatever is asked for. */
  boolean unreachable;

  Frame(OpCode opcode, BlockType type, int height) {
    this.opcode = opcode;
    this.type = type;
    this.height = height;
  }

  /** What a branch to it takes along. */
  byte[] carried() {
    return opcode == OpCode.LOOP ? type.params() : type.results();
  }
}
