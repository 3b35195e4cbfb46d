/** Servlets and filters of an application, which does not start without them. */
package org.wasmservlet.boot.route;
