package org.wasmservlet.core.wasi;

/**
 * A file that is on no disk: what a run is given besides its directories. It is there for who opens
 * it to read, by its path; no other look-up and no listing has it.
 *
 * @param guestPath the path, by the guest's name of the directory that it is opened in
 * @param content not changed until the run has ended
 */
public record GivenFile(String guestPath, byte[] content) {}
