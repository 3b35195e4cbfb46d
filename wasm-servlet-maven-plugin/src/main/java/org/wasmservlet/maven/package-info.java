/**
 * The goals of the Maven plugin. What they do is the library's: here it is asked for, and shown.
 */
package org.wasmservlet.maven;
