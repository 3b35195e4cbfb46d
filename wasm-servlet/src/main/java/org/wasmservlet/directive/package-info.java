/** The words of the configuration: what may be written, and how it is read. */
package org.wasmservlet.directive;
