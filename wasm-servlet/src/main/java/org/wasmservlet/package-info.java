/** Serves URL patterns of a web application with WebAssembly programs. */
package org.wasmservlet;
