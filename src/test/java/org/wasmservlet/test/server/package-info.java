/** The server in one jar, started as its users start it. */
package org.wasmservlet.test.server;
