/** The third pass: chunks become JVM methods, and what goes between them and the runtime. */
package org.wasmservlet.compiler.emit;
