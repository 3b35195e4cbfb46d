package org.wasmservlet.compiler;

/** The sizes of methods that everything is tested at. */
enum Chunks {
  /** As it is for everybody. */
  USUAL,

  /** Every function is split. */
  SMALL,

  /** No function is split that the JVM takes whole. */
  WHOLE;

  WasmCompiler compiler() {
    WasmCompiler usual = WasmCompiler.create();
    return switch (this) {
      case USUAL -> usual;
      case SMALL -> usual.withChunkBytes(100);
      case WHOLE -> usual.withoutSplitting();
    };
  }
}
