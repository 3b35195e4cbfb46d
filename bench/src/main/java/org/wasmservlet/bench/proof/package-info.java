/** Whole suites of programs on ours and on wasmtime, the judge: the same bytes, or what differs. */
package org.wasmservlet.bench.proof;
