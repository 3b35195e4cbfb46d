/** Loads WebAssembly modules once and runs them in isolation; knows no servlet type. */
module org.wasmservlet.core {
  requires com.dylibso.chicory.compiler;
  requires com.dylibso.chicory.log;
  requires com.dylibso.chicory.runtime;
  requires com.dylibso.chicory.wasi;
  requires com.dylibso.chicory.wasm;

  exports org.wasmservlet.core;
}
