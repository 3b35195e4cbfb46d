package org.wasmservlet.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.wasmservlet.core.reference.ModuleFetcher;
import org.wasmservlet.core.reference.ModuleReference;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/**
 * What a route names its module by: the path of a file, or a reference to what is fetched.
 * Thread-safe.
 */
public final class ModuleLocation {
  private final String written;
  private final HostFiles files;
  private final ModuleFetcher fetcher;

  /** Null if it is the path of a file. */
  private final ModuleReference reference;

  private ModuleLocation(
      String written, HostFiles files, ModuleFetcher fetcher, ModuleReference reference) {
    this.written = written;
    this.files = files;
    this.fetcher = fetcher;
    this.reference = reference;
  }

  /**
   * Reads the directive. What can be said of a reference without asking anybody is checked.
   *
   * @param directives of the route
   * @param files of its web application
   * @param fetcher for references
   * @return where the module is, or is to be had
   * @throws DirectiveException if none is named, or the reference cannot be used
   */
  public static ModuleLocation of(Directives directives, HostFiles files, ModuleFetcher fetcher)
      throws DirectiveException {
    String written = directives.value(Directive.MODULE);
    if (written == null) {
      throw new DirectiveException(
          Directive.MODULE.parameter(), null, "missing; it names the .wasm file to run");
    }
    if (!ModuleReference.isOne(written)) {
      return new ModuleLocation(written, files, fetcher, null);
    }
    try {
      ModuleReference reference = ModuleReference.parse(written);
      fetcher.programName(reference);
      return new ModuleLocation(written, files, fetcher, reference);
    } catch (IllegalArgumentException | IOException e) {
      throw unusable(written, e);
    }
  }

  /** Whether it has to be fetched, once: then it never changes. */
  public boolean isReference() {
    return reference != null;
  }

  /**
   * The module's file, which is fetched where that has not happened yet.
   *
   * @return its path, though there need be no file where a path is written
   * @throws DirectiveException if it cannot be had
   */
  public Path file() throws DirectiveException {
    try {
      return reference == null ? files.file(written) : fetcher.locate(reference);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * What the program is called, where its file's name does not say it.
   *
   * @return empty if it does
   * @throws DirectiveException never, once the reference could be used
   */
  public Optional<String> programName() throws DirectiveException {
    try {
      return reference == null ? Optional.empty() : Optional.of(fetcher.programName(reference));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Says that the module cannot be used.
   *
   * @param cause whose message says why
   * @return names the directive and what it is
   */
  public DirectiveException unusable(Exception cause) {
    return unusable(written, cause);
  }

  private static DirectiveException unusable(String written, Exception cause) {
    return new DirectiveException(
        Directive.MODULE.parameter(), ModuleReference.shown(written), cause.getMessage(), cause);
  }

  /** As it is told: without what opens the place. */
  @Override
  public String toString() {
    return ModuleReference.shown(written);
  }
}
