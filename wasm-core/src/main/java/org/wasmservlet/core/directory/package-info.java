/**
 * Follows paths below a directory by handles of directories, and opens what is there: for guests,
 * and for the web, which shows files that guests may have changed.
 */
package org.wasmservlet.core.directory;
