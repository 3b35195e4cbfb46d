/** The command line: what may be written there, and what is wrong with what was. */
package org.wasmservlet.server.option;
