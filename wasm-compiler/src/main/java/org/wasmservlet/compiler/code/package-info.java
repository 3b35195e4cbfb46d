/** Bodies of functions as they are read, instruction by instruction, and validated. */
package org.wasmservlet.compiler.code;
