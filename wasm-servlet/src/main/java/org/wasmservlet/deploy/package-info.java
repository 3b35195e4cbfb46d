/** Registers what a configuration file describes when a web application is deployed. */
package org.wasmservlet.deploy;
