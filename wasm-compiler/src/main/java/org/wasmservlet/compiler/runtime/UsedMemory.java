package org.wasmservlet.compiler.runtime;

/**
 * A memory that nobody has any more, as its last user left it.
 *
 * @param dirty {@link Context#dirty} of all that differs from the image
 */
record UsedMemory(byte[] bytes, int[] dirty) {}
