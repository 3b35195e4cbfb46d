/**
 * Processes that run WASI programs when they are told to: on our compiler and host, on Chicory's,
 * on V8 and on wasmtime.
 */
package org.wasmservlet.bench.peers;
