/** WordPress: installed and used in a browser, written to by many, on real containers. */
package org.wasmservlet.test.wordpress;
