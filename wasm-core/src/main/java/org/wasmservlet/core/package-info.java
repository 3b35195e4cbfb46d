/** Loads WebAssembly modules once and runs them in isolation, one execution context a request. */
package org.wasmservlet.core;
