/** The status page: what the routes of a web application do, as HTML and as JSON. */
package org.wasmservlet.status;
