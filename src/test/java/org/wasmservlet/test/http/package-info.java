/** An HTTP client that sends exactly what it is told and shows exactly what came. */
package org.wasmservlet.test.http;
