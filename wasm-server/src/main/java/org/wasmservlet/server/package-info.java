/** A server in one jar: WebAssembly programs over HTTP, for people without a servlet container. */
package org.wasmservlet.server;
