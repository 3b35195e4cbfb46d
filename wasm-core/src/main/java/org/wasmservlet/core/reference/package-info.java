/** Modules that are named by where they can be had, and not by a file: fetched once, and kept. */
package org.wasmservlet.core.reference;
