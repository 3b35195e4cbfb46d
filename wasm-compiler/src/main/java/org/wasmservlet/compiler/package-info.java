/** Compiles WebAssembly modules to JVM bytecode: {@link org.wasmservlet.compiler.WasmCompiler}. */
package org.wasmservlet.compiler;
