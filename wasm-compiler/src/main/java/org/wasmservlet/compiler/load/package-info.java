/** Generated classes in a loader of their own, and the parts of an instance that runs them. */
package org.wasmservlet.compiler.load;
