/** What of a web application is mapped to what, and what stands before a path. */
package org.wasmservlet.mapping;
