/** Shows files as a web server does: validators, conditional requests and ranges. */
package org.wasmservlet.file;
