/** A sample: programs in a Spring Boot application. */
package org.wasmservlet.sample.boot;
