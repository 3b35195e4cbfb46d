/** What Spring Boot's Actuator shows of programs, where an application has it. */
package org.wasmservlet.boot.actuate;
