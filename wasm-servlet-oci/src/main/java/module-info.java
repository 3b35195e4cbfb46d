/** Gives modules out of OCI registries to web applications that name them by reference. */
module org.wasmservlet.oci {
  requires com.google.gson;
  requires org.wasmservlet.core;

  provides org.wasmservlet.core.reference.ReferenceSource with
      org.wasmservlet.oci.OciSource;
}
