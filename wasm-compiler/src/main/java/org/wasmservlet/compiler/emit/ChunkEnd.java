package org.wasmservlet.compiler.emit;

import org.wasmservlet.compiler.ir.Node;

/** How a chunk is left: where the variables go that are needed later, and what is given back. */
interface ChunkEnd {
  /**
   * Goes on in another chunk.
   *
   * @param stored positions of the chunk's variables that are needed there and may have changed
   * @param id of the block
   */
  void goOn(long[] stored, int id);

  /** The same where the id is on the JVM's stack. */
  void goOn(long[] stored);

  /** Ends the call of the function, with the value of a RETURN, if it has one. */
  void giveBack(Node end);
}
