/** Serves URL patterns of a web application with WebAssembly programs. */
// Micrometer has no descriptor of a module, and need not be there.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.wasmservlet {
  requires transitive jakarta.servlet;
  requires java.management;
  requires java.xml;
  requires org.wasmservlet.core;
  requires static transitive micrometer.core;

  exports org.wasmservlet;
  exports org.wasmservlet.metrics;
  exports org.wasmservlet.prepare;

  provides jakarta.servlet.ServletContainerInitializer with
      org.wasmservlet.deploy.WasmInitializer;
}
