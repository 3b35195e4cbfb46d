package org.wasmservlet.compiler.runtime;

/**
 * A call of a function that was frozen. Immutable.
 *
 * @param function its index
 * @param site the number of the call in which it waits, among the function's
 * @param values of its variables, raw bits; not to be changed
 */
public record Activation(int function, int site, long[] values) {}
