/** The one page of the sample that is not a WebAssembly program's. */
package org.wasmservlet.sample;
