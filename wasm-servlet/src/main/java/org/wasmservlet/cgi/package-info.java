/** CGI/1.1 (RFC 3875) between a servlet request and a guest. */
package org.wasmservlet.cgi;
