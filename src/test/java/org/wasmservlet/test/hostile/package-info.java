/** Guests that attack their host, and a host that fails its guests. */
package org.wasmservlet.test.hostile;
