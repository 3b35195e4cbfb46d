/** How long a guest may wait for its client, where the container would wait longer. */
package org.wasmservlet.client;
