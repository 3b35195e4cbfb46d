/**
 * What directories the programs of this JVM have been given, whichever web application has them.
 */
package org.wasmservlet.preopen;
