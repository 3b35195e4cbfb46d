package org.wasmservlet.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * What has been fetched, by its digest: in a web application, which is only read, and in a folder.
 * A content is compared with its digest before it gets its name, and again whenever it is found.
 */
public final class ContentStore {
  /** How the names of modules end. */
  public static final String MODULE = ".wasm";

  /** How the names of registries' descriptions end. */
  public static final String DESCRIPTION = ".json";

  /** How the names of those files end that say what a reference without a digest was. */
  public static final String TAG = ".tag";

  private static final Logger LOGGER =
      System.getLogger("org.wasmservlet.core.reference.ModuleFetcher");

  private static final int PIECE = 1 << 16;
  private static final int LONGEST_TAG = 1 << 10;

  /** Writes what was asked for. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where; not to be closed
     * @throws IOException if it cannot be had, or not be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path folder;
  private final Function<String, Optional<Path>> packed;

  /**
   * Names the places.
   *
   * @param folder null for none
   * @param packed gives a web application's own file of a name, if there is one
   */
  ContentStore(Path folder, Function<String, Optional<Path>> packed) {
    this.folder = folder;
    this.packed = packed;
  }

  /**
   * Finds a content.
   *
   * @param digest that it has
   * @param kind how its name ends
   * @return its file, or empty if there is none, or none that has the digest
   * @throws IOException if it cannot be read; the message names it
   */
  public Optional<Path> find(ContentDigest digest, String kind) throws IOException {
    String name = digest.hex() + kind;
    Optional<Path> own = packed.apply(name);
    if (own.isPresent() && isIntact(PreparedFile.open(own.get()), digest)) {
      return own;
    }
    Optional<PreparedFile> kept = kept(name);
    return kept.isPresent() && isIntact(kept.get(), digest)
        ? kept.map(PreparedFile::path)
        : Optional.empty();
  }

  private Optional<PreparedFile> kept(String name) throws IOException {
    return folder == null || Files.notExists(folder) ? Optional.empty() : open().find(name);
  }

  private CacheFolder open() throws IOException {
    if (folder == null) {
      throw new IOException("there is no folder to keep it in");
    }
    // What is fetched is not cleared away: it may be the only copy that can be had.
    return CacheFolder.open(folder, Long.MAX_VALUE);
  }

  private static boolean isIntact(PreparedFile file, ContentDigest digest) throws IOException {
    try (file) {
      MessageDigest digester = ContentDigest.sha256();
      long size = file.size();
      for (long at = 0; at < size; at += PIECE) {
        digester.update(file.read(at, (int) Math.min(PIECE, size - at)));
      }
      ContentDigest present = ContentDigest.of(digester);
      if (!present.equals(digest)) {
        LOGGER.log(
            Level.WARNING,
            "{0} is damaged and is not used: its digest is {1}",
            file.path(),
            present);
      }
      return present.equals(digest);
    }
  }

  /**
   * Keeps a content.
   *
   * @param digest that it must have
   * @param kind how its name ends
   * @param content writes it
   * @return its file
   * @throws IOException if it has another digest, or cannot be written; nothing is left of it
   */
  public Path receive(ContentDigest digest, String kind, Content content) throws IOException {
    try (PreparedFile stored =
        open().store(digest.hex() + kind, out -> writeCompared(digest, content, out))) {
      return stored.path();
    }
  }

  private static void writeCompared(ContentDigest digest, Content content, OutputStream out)
      throws IOException {
    DigestOutputStream digested = new DigestOutputStream(out, ContentDigest.sha256());
    content.writeTo(digested);
    ContentDigest present = ContentDigest.of(digested.getMessageDigest());
    if (!present.equals(digest)) {
      throw new IOException(
          "what was fetched has the digest " + present + ", and it must be " + digest);
    }
  }

  /**
   * What the web application says that a reference without a digest is.
   *
   * @param reference which one
   * @return a digest, or empty if it says nothing
   * @throws IOException if that cannot be read; the message names the file
   */
  public Optional<ContentDigest> packed(ModuleReference reference) throws IOException {
    Optional<Path> own = packed.apply(tag(reference));
    return own.isPresent() ? Optional.of(read(PreparedFile.open(own.get()))) : Optional.empty();
  }

  /**
   * What a reference without a digest was when it was fetched last.
   *
   * @param reference which one
   * @return a digest, or empty if it never was
   * @throws IOException if that cannot be read; the message names the file
   */
  public Optional<ContentDigest> remembered(ModuleReference reference) throws IOException {
    Optional<PreparedFile> kept = kept(tag(reference));
    return kept.isPresent() ? Optional.of(read(kept.get())) : Optional.empty();
  }

  private static ContentDigest read(PreparedFile file) throws IOException {
    try (file) {
      int length = (int) Math.min(LONGEST_TAG, file.size());
      return ContentDigest.parse(new String(file.read(0, length), UTF_8).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(file.path() + " has no digest in it: " + e.getMessage(), e);
    }
  }

  /**
   * Remembers what a reference without a digest is.
   *
   * @param reference which one
   * @param digest of what there is
   * @throws IOException if that cannot be written
   */
  public void remember(ModuleReference reference, ContentDigest digest) throws IOException {
    open().store(tag(reference), out -> out.write((digest + "\n").getBytes(UTF_8))).close();
  }

  private static String tag(ModuleReference reference) {
    return ContentDigest.of(reference.text().getBytes(UTF_8)).hex() + TAG;
  }
}
