/** How many guests run at once, how long others wait, and under which lock. */
package org.wasmservlet.admission;
