/** Where compiled modules are kept from one start to the next, and by whom they may be changed. */
package org.wasmservlet.core.prepared;
