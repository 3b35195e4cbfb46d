/** Shows routes, modules and memory by JMX. */
package org.wasmservlet.jmx;
