/** What the server says, and hears, where it was started. */
package org.wasmservlet.server.console;
