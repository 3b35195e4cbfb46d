/** What instances of a module begin with, made once: memory, tables, and a module without code. */
package org.wasmservlet.compiler.image;
