/** The one web application that a command line makes: its servlets, filters and messages. */
package org.wasmservlet.server.site;
