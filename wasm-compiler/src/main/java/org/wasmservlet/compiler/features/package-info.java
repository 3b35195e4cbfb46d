/** Which parts of WebAssembly a module uses, whether they are compiled or not. */
package org.wasmservlet.compiler.features;
