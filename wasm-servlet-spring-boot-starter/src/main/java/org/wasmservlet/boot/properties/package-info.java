/** What an application's properties say of programs, and how it is said that one cannot be used. */
package org.wasmservlet.boot.properties;
