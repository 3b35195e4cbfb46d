package org.wasmservlet.compiler.ir;

import java.util.ArrayList;
import java.util.List;

/** A basic block. */
public final class Block {
  private static final Block[] NONE = {};

  /** Position in the function's order of blocks; -1 as long as it is not placed. */
  public int id = -1;

  public final List<Node> statements = new ArrayList<>();

  /** One of the terminators; its targets are {@link #targets}. */
  public Node end;

  /**
   * GOTO: one. IF: the one if true, the one if not. SWITCH: by index, the default last. TRY: the
   * next, and the one if an exception comes.
   */
  public Block[] targets = NONE;

  /** The number of the call after which it begins, if the function is cut there, or -1. */
  public int site = -1;

  /** The variable that such a call's result goes to, or -1. */
  public int resultVariable = -1;

  /** Whether anything jumps or falls here. */
  public boolean reached;

  /** The block after the call that this one ends with, if the function is cut there, or null. */
  public Block afterCut() {
    return targets.length == 1 && targets[0].site >= 0 ? targets[0] : null;
  }

  /** Where an exception goes that comes out of its last statement, or null. */
  public Block landing() {
    return end.kind == Node.Kind.TRY ? targets[1] : null;
  }

  public int statementBytes() {
    int size = 0;
    for (Node statement : statements) {
      size += statement.size;
    }
    return size;
  }

  public int endBytes() {
    return end.size + 3 * targets.length;
  }
}
