/** The whole server under load, beside httpd with native programs. */
package org.wasmservlet.bench.server;
