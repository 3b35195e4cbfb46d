package org.wasmservlet.route;

import java.nio.file.Path;
import java.time.Duration;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.tree.FileTree;

/**
 * What one servlet serves. Shared by the servlet's requests and, but for the program, immutable.
 *
 * @param name the servlet's name, for the log
 * @param program what a request runs
 * @param cgi whether requests are passed to the guest
 * @param paths what the guest calls host files
 * @param directories what its guests have been given
 * @param documentRoot where the application's files are, or null if the mapping names the program
 * @param webRoot the web application's root directory, or null if it is not unpacked
 * @param variables makes the meta-variables
 * @param admission to its guests
 * @param memory that its guests can count on
 * @param metrics of its requests
 * @param preload when the program is loaded
 * @param warmUp what it serves before it is used
 * @param timeout of a guest, and of a client before it
 * @param maxRequestBody in bytes
 * @param temporaryDirectory for request bodies of unknown length
 */
record Route(
    String name,
    LiveProgram program,
    boolean cgi,
    GuestPaths paths,
    GivenDirectories directories,
    DocumentRoot documentRoot,
    FileTree webRoot,
    MetaVariables variables,
    Admission admission,
    MemoryShare memory,
    RouteMetrics metrics,
    Preload preload,
    WarmUp warmUp,
    Duration timeout,
    long maxRequestBody,
    Path temporaryDirectory) {

  /** Gives back what the route holds. Runs that have begun end undisturbed. */
  void close() {
    warmUp.stop();
    program.close();
    admission.close();
    memory.close();
    directories.close();
    if (documentRoot != null) {
      documentRoot.close();
    }
    if (webRoot != null) {
      webRoot.close();
    }
  }
}
