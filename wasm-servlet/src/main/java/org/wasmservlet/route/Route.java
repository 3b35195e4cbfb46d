package org.wasmservlet.route;

import java.nio.file.Path;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.measure.RouteMetrics;

/**
 * What one servlet serves. Immutable and shared by the servlet's requests; it owns its handle on
 * the module.
 *
 * @param name the servlet's name, for the log
 * @param config what a request runs
 * @param cgi whether requests are passed to the guest
 * @param paths what the guest calls host files
 * @param documentRoot where the application's files are, or null if the mapping names the program
 * @param webRoot the web application's root directory, or null if it is not unpacked
 * @param variables makes the meta-variables
 * @param admission to its guests
 * @param metrics of its requests
 * @param maxRequestBody in bytes
 * @param temporaryDirectory for request bodies of unknown length
 */
record Route(
    String name,
    WasmConfig config,
    boolean cgi,
    GuestPaths paths,
    DocumentRoot documentRoot,
    Path webRoot,
    MetaVariables variables,
    Admission admission,
    RouteMetrics metrics,
    long maxRequestBody,
    Path temporaryDirectory) {}
