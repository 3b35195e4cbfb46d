/**
 * Vector instructions as compiled code calls them: on halves of vectors, 64 bits each, of which the
 * low one has the first lanes, and the lowest bits of a half the first of them. Public for that
 * code alone; not exported.
 */
package org.wasmservlet.compiler.vector;
