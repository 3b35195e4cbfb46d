/** Counts and times what routes do, without locks where requests pass. */
package org.wasmservlet.measure;
