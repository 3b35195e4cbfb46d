/** What one servlet serves: its configuration made ready, and the way of a request through it. */
package org.wasmservlet.route;
