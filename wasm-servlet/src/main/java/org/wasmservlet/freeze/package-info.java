/** Programs that are started once and resumed for each request: when they are frozen, and anew. */
package org.wasmservlet.freeze;
