package org.wasmservlet.compiler;

/** The sizes of methods that everything is tested at. */
public enum Chunks {
  /** As it is for everybody. Memories of these tests are so small that nothing marks writes. */
  USUAL,

  /** Every function is split, and writes are marked. */
  SMALL,

  /** No function is split that the JVM takes whole, and writes are marked. */
  WHOLE;

  /**
   * The compiler of this size.
   *
   * @return it, with the usual threads
   */
  public WasmCompiler compiler() {
    WasmCompiler usual = WasmCompiler.create();
    return switch (this) {
      case USUAL -> usual;
      case SMALL -> usual.withChunkBytes(100).markingWrites();
      case WHOLE -> usual.withoutSplitting().markingWrites();
    };
  }
}
