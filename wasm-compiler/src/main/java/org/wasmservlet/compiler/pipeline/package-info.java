/** All passes, over all functions of a module. */
package org.wasmservlet.compiler.pipeline;
