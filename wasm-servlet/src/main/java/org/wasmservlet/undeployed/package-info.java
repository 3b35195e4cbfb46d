/** A web application that no container has deployed: what can be known of it where it is built. */
package org.wasmservlet.undeployed;
