/** What a guest is given of the host: WASI preview 1 over the streams and files of one run. */
package org.wasmservlet.core.wasi;
