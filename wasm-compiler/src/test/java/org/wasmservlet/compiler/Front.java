package org.wasmservlet.compiler;

/** How a module gets to the compiler. */
enum Front {
  /** Chicory parses and validates all of it. */
  PARSED {
    @Override
    CompiledCode compile(byte[] binary) {
      return WasmCompiler.create().compile(ModuleParser.parse(binary));
    }
  },
  /** Its code is read by the compiler itself. */
  BINARY {
    @Override
    CompiledCode compile(byte[] binary) {
      return WasmCompiler.create().compile(WasmBinary.parse(binary));
    }
  };

  abstract CompiledCode compile(byte[] binary);

  /** Whether a module is one that this refuses. */
  boolean refuses(HostileDeclarations.Declaration declaration) {
    return declaration.refused() != null && (this == PARSED || !declaration.costsTheParserOnly());
  }
}
