/** Compiles WebAssembly modules to JVM bytecode; a machine factory for Chicory. */
module org.wasmservlet.compiler {
  requires transitive com.dylibso.chicory.runtime;
  requires transitive com.dylibso.chicory.wasm;
  requires org.objectweb.asm;

  exports org.wasmservlet.compiler;
}
