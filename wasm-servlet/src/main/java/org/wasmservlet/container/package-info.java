/** What a container has been told that the servlet API does not pass on. */
package org.wasmservlet.container;
