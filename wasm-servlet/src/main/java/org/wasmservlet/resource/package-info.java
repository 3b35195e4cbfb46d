/** Files and directories that are in an archive: found, and unpacked for those who need a path. */
package org.wasmservlet.resource;
