/** What those are told who have a web application prepared or its commands run. */
package org.wasmservlet.report;
