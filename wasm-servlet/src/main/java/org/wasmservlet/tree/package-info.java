/** Finds and opens files below a directory that programs may be changing meanwhile. */
package org.wasmservlet.tree;
