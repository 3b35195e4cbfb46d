/** The command for where a web application is built: it prepares, checks and runs. */
package org.wasmservlet.cli;
