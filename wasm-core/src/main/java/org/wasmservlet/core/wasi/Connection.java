package org.wasmservlet.core.wasi;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a guest gets from {@code sock_accept}: one connection, whose peer is the host. Neither
 * stream is closed by the guest.
 *
 * @param in what the guest receives; read only as it asks
 * @param out what it sends; written and flushed as the guest sends and waits
 */
public record Connection(InputStream in, OutputStream out) {}
