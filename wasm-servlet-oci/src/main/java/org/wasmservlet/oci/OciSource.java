package org.wasmservlet.oci;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.wasmservlet.core.reference.ContentDigest;
import org.wasmservlet.core.reference.ContentStore;
import org.wasmservlet.core.reference.ModuleReference;
import org.wasmservlet.core.reference.ReferenceSource;
import org.wasmservlet.core.reference.Transfer;
import org.wasmservlet.core.reference.UnreachableException;

/**
 * {@code oci://registry/repository:tag@sha256:…}. What a digest names is described by what has that
 * digest, so that nobody is asked once it is there; what a tag names, the registry is asked each
 * time. Thread-safe.
 */
public final class OciSource implements ReferenceSource {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.oci.OciSource");

  private final DockerConfig config;

  /** Made by {@link java.util.ServiceLoader}. */
  public OciSource() {
    this(
        new DockerConfig(
            DockerConfig.file(System.getenv(), System.getProperty("user.home")),
            CredentialHelper.onPath()));
  }

  OciSource(DockerConfig config) {
    this.config = config;
  }

  @Override
  public String scheme() {
    return "oci";
  }

  @Override
  public String programName(ModuleReference reference) {
    return OciReference.parse(reference.place()).name();
  }

  @Override
  public Optional<Path> find(ModuleReference reference, ContentStore store) throws IOException {
    OciReference parsed = OciReference.parse(reference.place());
    Optional<ContentDigest> digest =
        parsed.digest() == null ? store.packed(reference) : Optional.of(parsed.digest());
    return digest.isPresent() ? find(digest.get(), store) : Optional.empty();
  }

  private static Optional<Path> find(ContentDigest digest, ContentStore store) throws IOException {
    Optional<Descriptor> module = module(digest, each -> stored(each, store));
    return module.isPresent()
        ? store.find(module.get().digest(), ContentStore.MODULE)
        : Optional.empty();
  }

  /** Gives what has a digest, if it is there. */
  @FunctionalInterface
  private interface Descriptions {
    Optional<byte[]> get(ContentDigest digest) throws IOException;
  }

  /** Empty if a description is not there. */
  private static Optional<Descriptor> module(ContentDigest root, Descriptions descriptions)
      throws IOException {
    Optional<byte[]> content = descriptions.get(root);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Description description = Description.read(content.get());
    if (description.isIndex()) {
      content = descriptions.get(description.manifest().digest());
      if (content.isEmpty()) {
        return Optional.empty();
      }
      description = Description.read(content.get());
      if (description.isIndex()) {
        throw new IOException("the index that the registry has there names another index");
      }
    }
    return Optional.of(description.module());
  }

  private static Optional<byte[]> stored(ContentDigest digest, ContentStore store)
      throws IOException {
    Optional<Path> file = store.find(digest, ContentStore.DESCRIPTION);
    return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
  }

  @Override
  public Path fetch(ModuleReference reference, ContentStore store, Transfer transfer)
      throws IOException {
    OciReference parsed = OciReference.parse(reference.place());
    Registry registry = new Registry(parsed, transfer, config);
    return parsed.digest() == null
        ? fetchTagged(reference, parsed, store, registry)
        : fetch(parsed.digest(), store, registry);
  }

  private static Path fetchTagged(
      ModuleReference reference, OciReference parsed, ContentStore store, Registry registry)
      throws IOException {
    ContentDigest digest;
    Path module;
    try {
      byte[] content = registry.description(parsed.tag());
      digest = ContentDigest.of(content);
      store.receive(digest, ContentStore.DESCRIPTION, out -> out.write(content));
      module = fetch(digest, store, registry);
    } catch (UnreachableException e) {
      return remembered(reference, store, e);
    }
    store.remember(reference, digest);
    LOGGER.log(
        Level.INFO,
        "{0} is {0}@{1}: with that in its place it stays what it is, and nobody is asked again",
        reference,
        digest);
    return module;
  }

  private static Path remembered(
      ModuleReference reference, ContentStore store, UnreachableException failure)
      throws IOException {
    Optional<ContentDigest> digest = store.remembered(reference);
    Optional<Path> module = digest.isPresent() ? find(digest.get(), store) : Optional.empty();
    if (module.isEmpty()) {
      throw failure;
    }
    LOGGER.log(
        Level.WARNING,
        "{0} is taken for what it was when it was fetched last, {1}: {2}",
        reference,
        digest.get(),
        failure.getMessage());
    return module.get();
  }

  private static Path fetch(ContentDigest digest, ContentStore store, Registry registry)
      throws IOException {
    Descriptor module =
        module(digest, each -> Optional.of(description(each, store, registry))).orElseThrow();
    Optional<Path> present = store.find(module.digest(), ContentStore.MODULE);
    return present.isPresent()
        ? present.get()
        : store.receive(module.digest(), ContentStore.MODULE, out -> registry.blob(module, out));
  }

  private static byte[] description(ContentDigest digest, ContentStore store, Registry registry)
      throws IOException {
    Optional<byte[]> present = stored(digest, store);
    if (present.isPresent()) {
      return present.get();
    }
    byte[] content = registry.description(digest.toString());
    store.receive(digest, ContentStore.DESCRIPTION, out -> out.write(content));
    return content;
  }
}
