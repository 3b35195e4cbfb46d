/**
 * What routes do, for those who watch over a server: by JMX, and by Micrometer where it is there.
 */
package org.wasmservlet.metrics;
