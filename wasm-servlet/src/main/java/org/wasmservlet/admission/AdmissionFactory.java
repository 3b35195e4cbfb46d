package org.wasmservlet.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.host.DirectoryFactory;
import org.wasmservlet.host.HostFiles;

/** Makes the admission to a route's guests from init-params, or says which of them is wrong. */
public final class AdmissionFactory {
  private final Directives directives;
  private final HostFiles files;

  /**
   * Makes a factory.
   *
   * @param directives of the route
   * @param files of its web application
   */
  public AdmissionFactory(Directives directives, HostFiles files) {
    this.directives = directives;
    this.files = files;
  }

  /**
   * Makes an admission. Guests can reach no lock's file: {@link DirectoryFactory#guard} has looked.
   *
   * @return to be closed with the route
   */
  public Admission create() throws DirectiveException {
    int maxQueue = directives.count(Directive.MAX_QUEUE, 0);
    var timeout = directives.duration(Directive.QUEUE_TIMEOUT);
    boolean isCounted = directives.value(Directive.MAX_CONCURRENT) != null;
    int maxConcurrent =
        isCounted
            ? directives.count(Directive.MAX_CONCURRENT, 1)
            : 2 * Runtime.getRuntime().availableProcessors();
    String lockFile = directives.value(Directive.LOCK_FILE);
    if (lockFile == null) {
      return new Admission(maxConcurrent, maxQueue, timeout);
    }
    if (isCounted && maxConcurrent > 1) {
      throw wrong(
          lockFile,
          "lets one program at a time run; leave " + Directive.MAX_CONCURRENT.parameter() + " out");
    }
    return new Admission(1, maxQueue, timeout, lock(lockFile));
  }

  private RunLock lock(String name) throws DirectiveException {
    try {
      Path file = files.place(name);
      if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
        throw wrong(name, file.toAbsolutePath().getParent() + " does not exist");
      }
      return RunLock.open(file);
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.LOCK_FILE.parameter(), name, "cannot be opened: " + e, e);
    }
  }

  private static DirectiveException wrong(String value, String reason) {
    return new DirectiveException(Directive.LOCK_FILE.parameter(), value, reason);
  }
}
