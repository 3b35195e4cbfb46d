/** From a file to a compiled module that any number of instances share. */
package org.wasmservlet.core.module;
