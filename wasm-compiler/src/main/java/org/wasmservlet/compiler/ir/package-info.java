/**
 * What the passes hand to each other: a module's shape, and a function as basic blocks of trees
 * over variables. Knows no pass.
 */
package org.wasmservlet.compiler.ir;
