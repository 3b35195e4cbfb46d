/** Serves URL patterns of a web application with WebAssembly programs. */
module org.wasmservlet {
  requires transitive jakarta.servlet;
  requires org.wasmservlet.core;

  exports org.wasmservlet;

  provides jakarta.servlet.ServletContainerInitializer with
      org.wasmservlet.deploy.WasmInitializer;
}
