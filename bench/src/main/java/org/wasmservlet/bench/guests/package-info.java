/** Real programs on our compiler, on Chicory's and on V8, side by side. */
package org.wasmservlet.bench.guests;
