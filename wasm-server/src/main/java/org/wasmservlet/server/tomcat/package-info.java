/** The embedded Tomcat: how it is set up, started and stopped. */
package org.wasmservlet.server.tomcat;
