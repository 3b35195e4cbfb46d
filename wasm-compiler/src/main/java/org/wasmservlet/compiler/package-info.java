/**
 * Compiles WebAssembly modules to JVM bytecode: {@link org.wasmservlet.compiler.WasmCompiler}.
 *
 * <p>Behind it, in the order of a module's way, each knowing only what stands before it: {@code
 * binary} looks at the bytes; {@code ir} is what the passes work on; {@code decode}, {@code plan}
 * and {@code emit} are the passes, {@code pipeline} runs them; {@code image} is what instances
 * begin with, {@code load} makes them, {@code prepared} keeps all of it, {@code freeze} what a
 * program is in the middle of a run. What is generated runs on {@code runtime}, which knows none of
 * the others.
 */
package org.wasmservlet.compiler;
