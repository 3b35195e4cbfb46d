package org.wasmservlet.compiler.emit;

import java.util.BitSet;

/**
 * What is known wherever the method is being written: it saves checks, and code. An access to
 * memory that did not trap tells that its base is no negative number.
 */
final class Knowledge {
  private final BitSet notNegative;
  private final BitSet marked;
  private boolean memory;

  Knowledge() {
    this(new BitSet(), new BitSet(), false);
  }

  private Knowledge(BitSet notNegative, BitSet marked, boolean memory) {
    this.notNegative = notNegative;
    this.marked = marked;
    this.memory = memory;
  }

  Knowledge copy() {
    return new Knowledge((BitSet) notNegative.clone(), (BitSet) marked.clone(), memory);
  }

  /** Keeps what the other one knows too. */
  void meet(Knowledge other) {
    notNegative.and(other.notNegative);
    marked.and(other.marked);
    memory &= other.memory;
  }

  /** Whether the variable, an int, is 0 or more. */
  boolean isNotNegative(int variable) {
    return notNegative.get(variable);
  }

  void learnNotNegative(int variable) {
    notNegative.set(variable);
  }

  /** Whether the block of the address that the variable is, is marked as written to. */
  boolean isMarked(int variable) {
    return marked.get(variable);
  }

  void learnMarked(int variable) {
    marked.set(variable);
  }

  /** The variable changes. */
  void forget(int variable) {
    notNegative.clear(variable);
    marked.clear(variable);
  }

  /** Whether the memory's array, as it is now, is in its JVM local. */
  boolean hasMemory() {
    return memory;
  }

  void memory(boolean value) {
    memory = value;
  }
}
