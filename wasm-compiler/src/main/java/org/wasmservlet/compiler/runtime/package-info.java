/** What compiled code calls while it runs. Public for that code alone; not exported. */
package org.wasmservlet.compiler.runtime;
