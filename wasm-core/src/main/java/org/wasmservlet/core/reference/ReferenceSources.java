package org.wasmservlet.core.reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The kinds of references that can be used: https, and those that are on the class path. */
final class ReferenceSources {
  private final ClassLoader loader;

  ReferenceSources(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Finds the one of a reference.
   *
   * @throws IOException if there is none; the message says what to do
   */
  ReferenceSource of(ModuleReference reference) throws IOException {
    for (ReferenceSource source : all()) {
      if (source.scheme().equals(reference.scheme())) {
        return source;
      }
    }
    throw new IOException(
        switch (reference.scheme()) {
          case "oci" ->
              "registries need the library org.wasmservlet:wasm-servlet-oci beside this one"
                  + " (add it to the dependencies, of the same version)";
          case "http" ->
              "http is not used, for anybody on the way could change what comes: use https";
          default ->
              "modules are not had by "
                  + reference.scheme()
                  + "://; use https://, oci:// or the path of a file";
        });
  }

  private List<ReferenceSource> all() throws IOException {
    List<ReferenceSource> sources = new ArrayList<>();
    sources.add(new HttpsSource());
    try {
      ServiceLoader.load(ReferenceSource.class, loader).forEach(sources::add);
    } catch (ServiceConfigurationError e) {
      throw new IOException("a library for references cannot be loaded: " + e.getMessage(), e);
    }
    return sources;
  }
}
