package org.wasmservlet.compiler.code;

import org.wasmservlet.compiler.ir.BlockType;

/** An open structured instruction while a body is validated. */
final class Frame {
  /** What it is. */
  enum Kind {
    /** Also a function, and a try_table. */
    BLOCK,
    LOOP,
    IF,
    ELSE,
    TRY,
    CATCH,
    CATCH_ALL
  }

  final Kind kind;

  final BlockType type;

  /** Operands below its parameters. */
  final int height;

  /** Whether what follows is never reached: operands are whatever is asked for. */
  boolean unreachable;

  Frame(Kind kind, BlockType type, int height) {
    this.kind = kind;
    this.type = type;
    this.height = height;
  }

  /** What a branch to it takes along. */
  byte[] carried() {
    return kind == Kind.LOOP ? type.params() : type.results();
  }
}
