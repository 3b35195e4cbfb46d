/** How requests are put to programs and answers are read: one gateway for each protocol. */
package org.wasmservlet.gateway;
