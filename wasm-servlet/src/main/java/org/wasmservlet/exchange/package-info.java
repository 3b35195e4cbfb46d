/** One request and its response: what log, client and metrics are told of how it ended. */
package org.wasmservlet.exchange;
