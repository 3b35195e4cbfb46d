package org.wasmservlet.compiler.plan;

/** How the variables of a split function get from one of its chunks to the next. */
public enum Passing {
  /**
   * Control never returns to an earlier chunk: each calls the one that it goes on to, with what is
   * needed from there on as arguments. There is no driver.
   */
  ARGUMENTS,

  /** They are few: a chunk leaves them in fields of the context, where the next one finds them. */
  CONTEXT,

  /** They are in an object, of which a chunk loads and stores what it needs. */
  FRAME
}
