/** Document roots: what a path names below one, and what of it may be shown. */
package org.wasmservlet.root;
