/** Random modules, run on the compiler and on Chicory's interpreter. */
package org.wasmservlet.compiler.fuzz;
