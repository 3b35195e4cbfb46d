/** What a route runs at the moment: loading, waiting for it, a newer one in its place. */
package org.wasmservlet.program;
