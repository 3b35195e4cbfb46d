/** The command that prepares a web application where it is built: its modules and its programs. */
package org.wasmservlet.cli;
