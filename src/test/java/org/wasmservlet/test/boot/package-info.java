/** Web applications of Spring Boot, whose embedded containers do less than others by themselves. */
package org.wasmservlet.test.boot;
