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

  /**
   * Leaves the frame to what is thrown, which is on the JVM's stack, and throws it on.
   *
   * @param stored positions of the chunk's variables that may have changed
   * @param site the number of the call
   */
  void capture(long[] stored, int site);

  /** Ends the call of the function, with the value of a RETURN, if it has one. */
  void giveBack(Node end);
}
