package org.wasmservlet.route;

import org.wasmservlet.admission.Admission;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.gateway.Gateway;
import org.wasmservlet.host.GuestPaths;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.program.LiveProgram;
import org.wasmservlet.program.Preload;
import org.wasmservlet.root.DocumentRoot;
import org.wasmservlet.tree.FileTree;
import org.wasmservlet.warmup.WarmUp;

/**
 * What one servlet serves. Shared by the servlet's requests and, but for the program, immutable.
 *
 * @param name the servlet's name, for the log
 * @param program what a request runs
 * @param gateway how requests are put to it
 * @param paths what the guest calls host files
 * @param directories what its guests have been given
 * @param documentRoot where the application's files are, or null if the mapping names the program
 * @param webRoot the web application's root directory, or null if it is not unpacked
 * @param admission to its guests
 * @param memory that its guests can count on
 * @param metrics of its requests
 * @param preload when the program is loaded
 * @param warmUp what it serves before it is used
 */
record Route(
    String name,
    LiveProgram program,
    Gateway gateway,
    GuestPaths paths,
    GivenDirectories directories,
    DocumentRoot documentRoot,
    FileTree webRoot,
    Admission admission,
    MemoryShare memory,
    RouteMetrics metrics,
    Preload preload,
    WarmUp warmUp) {

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
