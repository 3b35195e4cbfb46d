/** A real browser: Chromium, driven over the WebDriver protocol. */
package org.wasmservlet.test.browser;
