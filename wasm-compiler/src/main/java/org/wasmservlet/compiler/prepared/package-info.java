/** A compiled module as bytes, written once and read by later processes. */
package org.wasmservlet.compiler.prepared;
