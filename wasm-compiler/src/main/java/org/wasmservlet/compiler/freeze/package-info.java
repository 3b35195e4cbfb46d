/** What a program is at a host call, kept so that it can go on from there any number of times. */
package org.wasmservlet.compiler.freeze;
