package org.wasmservlet.core.reference;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code https://host/path#sha256=…}: what a web server has, and what it must be. */
final class HttpsSource implements ReferenceSource {
  private static final String DIGEST = "sha256=";

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String programName(ModuleReference reference) {
    URI uri = reference.uri();
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("names no host");
    }
    digest(reference);
    String path = uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("names no file: its path ends with a slash, or is empty");
    }
    return name;
  }

  private static ContentDigest digest(ModuleReference reference) {
    String fragment = reference.uri().getRawFragment();
    if (fragment == null || !fragment.startsWith(DIGEST)) {
      throw new IllegalArgumentException(
          "needs the module's SHA-256 at its end, as #sha256= and 64 hexadecimal digits (sha256sum)");
    }
    return ContentDigest.ofHex(fragment.substring(DIGEST.length()));
  }

  @Override
  public Optional<Path> find(ModuleReference reference, ContentStore store) throws IOException {
    return store.find(digest(reference), ContentStore.MODULE);
  }

  @Override
  public Path fetch(ModuleReference reference, ContentStore store, Transfer transfer)
      throws IOException {
    String text = reference.text();
    URI uri = URI.create(text.substring(0, text.indexOf('#')));
    return store.receive(
        digest(reference),
        ContentStore.MODULE,
        out -> {
          Answer answer =
              transfer.get(new Transfer.Request(uri, Map.of()), transfer.mostBytes(), out);
          answer.requireOk();
        });
  }
}
