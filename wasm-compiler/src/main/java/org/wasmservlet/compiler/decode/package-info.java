/** The first pass: bodies of WebAssembly become blocks of trees. */
package org.wasmservlet.compiler.decode;
