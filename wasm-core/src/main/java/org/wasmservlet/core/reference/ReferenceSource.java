package org.wasmservlet.core.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows how modules are had by references of one scheme. Found by {@link java.util.ServiceLoader}
 * beside this library. Thread-safe.
 */
public interface ReferenceSource {
  /**
   * The scheme.
   *
   * @return in lower case
   */
  String scheme();

  /**
   * Looks at a reference without asking anybody.
   *
   * @param reference of this scheme
   * @return what the program's {@code argv[0]} is
   * @throws IllegalArgumentException if it cannot be used; the message says why, without it
   */
  String programName(ModuleReference reference);

  /**
   * Finds a module without asking anybody.
   *
   * @param reference that can be used
   * @param store what has been fetched
   * @return its file, whose digest was compared, or empty if somebody has to be asked
   * @throws IOException if what is kept cannot be read
   */
  Optional<Path> find(ModuleReference reference, ContentStore store) throws IOException;

  /**
   * Fetches a module.
   *
   * @param reference that can be used
   * @param store gets it
   * @param transfer asks
   * @return its file, whose digest was compared
   * @throws IOException if it cannot be had; the message says why, without the reference
   */
  Path fetch(ModuleReference reference, ContentStore store, Transfer transfer) throws IOException;
}
