/** Loads WebAssembly modules once and runs them in isolation; knows no servlet type. */
// The module that knows the handles is built after this one.
@SuppressWarnings("module")
module org.wasmservlet.core {
  requires com.dylibso.chicory.compiler;
  requires com.dylibso.chicory.runtime;
  requires com.dylibso.chicory.wasm;
  requires java.management;
  requires java.net.http;
  requires org.wasmservlet.compiler;

  exports org.wasmservlet.core;
  exports org.wasmservlet.core.directory to
      org.wasmservlet;
  exports org.wasmservlet.core.reference to
      org.wasmservlet,
      org.wasmservlet.oci;

  uses org.wasmservlet.core.reference.ReferenceSource;
}
