/** Requests that a module serves before anybody's. */
package org.wasmservlet.warmup;
