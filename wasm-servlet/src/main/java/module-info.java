/** Serves URL patterns of a web application with WebAssembly programs. */
module org.wasmservlet {
  requires transitive jakarta.servlet;
  requires java.management;
  requires org.wasmservlet.core;

  exports org.wasmservlet;
  exports org.wasmservlet.metrics;

  provides jakarta.servlet.ServletContainerInitializer with
      org.wasmservlet.deploy.WasmInitializer;
}
