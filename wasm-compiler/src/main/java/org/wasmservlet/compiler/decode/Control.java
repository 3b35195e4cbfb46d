package org.wasmservlet.compiler.decode;

import java.util.List;
import org.wasmservlet.compiler.code.Clause;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.BlockType;

/** An open structured instruction while a body is decoded. */
final class Control {
  enum Kind {
    FUNCTION,
    BLOCK,
    LOOP,
    IF,
    ELSE,
    /** Of legacy exceptions. */
    TRY,
    CATCH
  }

  Kind kind;

  /** Whether it was met in code that is never reached. */
  final boolean dead;

  /** Operands below its parameters. */
  final int height;

  final BlockType type;

  /** Where a branch to it goes. */
  final Block label;

  /** Where an IF goes if the condition is 0. */
  final Block otherwise;

  /** Where an exception goes that comes out of a call in it; null for out of the function. */
  Block landing;

  /** What a try_table catches; null for anything else. */
  List<Clause> clauses;

  /** TRY, CATCH: where an exception goes that nothing has caught so far; null if all is caught. */
  Block uncaught;

  /** CATCH: the variable of the exception. */
  int caught;

  Control(Kind kind, boolean dead, int height, BlockType type, Block label, Block otherwise) {
    this.kind = kind;
    this.dead = dead;
    this.height = height;
    this.type = type;
    this.label = label;
    this.otherwise = otherwise;
  }

  /** Types a branch to it carries, as the JVM keeps them. */
  String carried() {
    return kind == Kind.LOOP ? type.jvmParams() : type.jvmResults();
  }
}
