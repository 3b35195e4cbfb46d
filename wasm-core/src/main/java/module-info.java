/** Loads WebAssembly modules once and runs them in isolation; knows no servlet type. */
module org.wasmservlet.core {
  requires com.dylibso.chicory.compiler;
  requires com.dylibso.chicory.runtime;
  requires com.dylibso.chicory.wasm;
  requires java.management;
  requires org.wasmservlet.compiler;

  exports org.wasmservlet.core;
}
