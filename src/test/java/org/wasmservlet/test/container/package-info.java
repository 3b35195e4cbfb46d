/** Web applications on real containers, each container behind a class loader of its own. */
package org.wasmservlet.test.container;
