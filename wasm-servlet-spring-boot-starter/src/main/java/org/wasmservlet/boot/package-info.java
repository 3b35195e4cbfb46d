/** What makes a Spring Boot application serve WebAssembly programs, 3.5 or 4. */
package org.wasmservlet.boot;
