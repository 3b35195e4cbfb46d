/**
 * Applications of Python and Ruby, and the programs of ours that load them and put requests to
 * them.
 */
package org.wasmservlet.application;
