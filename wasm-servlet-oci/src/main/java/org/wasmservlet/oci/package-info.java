/**
 * Modules out of OCI registries (OCI Distribution Specification 1.1, Image Specification 1.1), as
 * Wasm artifacts are kept there.
 */
package org.wasmservlet.oci;
