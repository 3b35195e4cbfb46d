/**
 * The second pass: loads that are not needed go, and a function is cut into chunks, each of which
 * will be a method; where its variables are between two of them.
 */
package org.wasmservlet.compiler.plan;
