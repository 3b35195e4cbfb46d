/** The files and directories of the host that a configuration names, and what guests call them. */
package org.wasmservlet.host;
