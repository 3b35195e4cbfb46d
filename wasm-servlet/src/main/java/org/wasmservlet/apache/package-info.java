/** Reads configuration files of httpd's form: {@code <Location>} blocks with Wasm directives. */
package org.wasmservlet.apache;
