package org.wasmservlet.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Gives the files of modules that are named by reference: those that have been fetched, or it
 * fetches them. Whoever asks for the same meanwhile waits for that. Thread-safe.
 */
public final class ModuleFetcher {
  private static final Logger LOGGER =
      System.getLogger("org.wasmservlet.core.reference.ModuleFetcher");

  private final Path folder;
  private final Function<String, Optional<Path>> packed;
  private final ContentStore store;
  private final ReferenceSources sources;
  private final FetchLimits limits;
  private final SSLContext tls;

  private ModuleFetcher(
      Path folder,
      Function<String, Optional<Path>> packed,
      ReferenceSources sources,
      FetchLimits limits,
      SSLContext tls) {
    this.folder = folder;
    this.packed = packed;
    this.store = new ContentStore(folder, packed);
    this.sources = Objects.requireNonNull(sources, "sources");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.tls = tls;
  }

  /**
   * Fetches into a folder.
   *
   * @param folder made when it is first needed; may be shared by several processes of one user, and
   *     null for none
   * @param packed gives a web application's own file of a name, if there is one
   * @param loader of the class path on which other sources of references are looked for
   * @param limits of each fetch
   * @return such a fetcher
   */
  public static ModuleFetcher of(
      Path folder,
      Function<String, Optional<Path>> packed,
      ClassLoader loader,
      FetchLimits limits) {
    return new ModuleFetcher(folder, packed, new ReferenceSources(loader), limits, null);
  }

  /** Trusts these certificates, and not the JVM's. */
  ModuleFetcher trusting(SSLContext certificates) {
    return new ModuleFetcher(folder, packed, sources, limits, certificates);
  }

  /**
   * Looks at a reference without asking anybody.
   *
   * @param reference which one
   * @return what the program's {@code argv[0]} is
   * @throws IOException if it cannot be used; the message says why, without it
   */
  public String programName(ModuleReference reference) throws IOException {
    ReferenceSource source = sources.of(reference);
    try {
      return source.programName(reference);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Gives a module's file, and fetches it first where that has not happened yet.
   *
   * @param reference which module
   * @return its file, whose digest was compared
   * @throws IOException if it cannot be had; the message says why, without the reference, and there
   *     is nothing half
   */
  public Path locate(ModuleReference reference) throws IOException {
    programName(reference);
    ReferenceSource source = sources.of(reference);
    Optional<Path> present = source.find(reference, store);
    if (present.isPresent()) {
      return present.get();
    }
    if (folder == null) {
      throw new IOException("needs a folder to be kept in, and there is none");
    }
    String name = ContentDigest.of(reference.text().getBytes(UTF_8)).hex();
    FetchLock lock = FetchLock.take(folder, name, limits.total());
    try (lock) {
      Optional<Path> meanwhile = source.find(reference, store);
      return meanwhile.isPresent() ? meanwhile.get() : fetch(source, reference);
    }
  }

  private Path fetch(ReferenceSource source, ModuleReference reference) throws IOException {
    LOGGER.log(Level.INFO, "{0} is being fetched", reference);
    long start = System.nanoTime();
    Path file = source.fetch(reference, store, new Transfer(reference, limits, tls));
    LOGGER.log(
        Level.INFO,
        "{0} is there after {1} ms: {2}",
        reference,
        Long.toString((System.nanoTime() - start) / 1_000_000),
        file);
    return file;
  }
}
