/**
 * Loads WebAssembly modules once and runs them in isolation.
 *
 * <p>{@link org.wasmservlet.core.ModuleCache} loads a file into a {@link
 * org.wasmservlet.core.WasmModule}, {@link org.wasmservlet.core.WasmConfig} says what a route runs,
 * and {@link org.wasmservlet.core.WasmExecution} runs it once and tells the {@link
 * org.wasmservlet.core.Outcome}.
 */
package org.wasmservlet.core;
