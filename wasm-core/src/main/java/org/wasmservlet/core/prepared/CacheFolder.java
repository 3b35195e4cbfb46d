package org.wasmservlet.core.prepared;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of prepared modules, frozen programs and fetched modules that this process reads and
 * writes, perhaps with others. A file appears whole or not at all; its time of modification is that
 * of its last use, and those that were used least lately go when there are more bytes than there
 * may be: but no fetched ones, which could not be made anew.
 */
public final class CacheFolder {
  private static final String PREPARED = ".prepared";
  private static final String FROZEN = ".frozen";
  private static final String PARTIAL = ".part";
  private static final String CLASSES = ".classes";

  /** No writing takes as long: what is older was left by a process that died. */
  private static final Duration LONGEST_WRITE = Duration.ofHours(1);

  private final Path folder;
  private final long maxBytes;
  private final Object user;

  private CacheFolder(Path folder, long maxBytes, Object user) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.user = user;
  }

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where; not to be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * What goes with a prepared module, and goes when it goes: the classes to load first.
   *
   * @param prepared name of the module
   * @return name of the list
   */
  public static String classesOf(String prepared) {
    return prepared + CLASSES;
  }

  /**
   * Opens a folder, and makes it where there is none.
   *
   * @param folder where
   * @param maxBytes that the files together may have
   * @return the folder
   * @throws IOException if it cannot be made or written, or if others may write it; the message
   *     names it
   */
  public static CacheFolder open(Path folder, long maxBytes) throws IOException {
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder, OwnerOnly.ofDirectory());
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; or it is a file.
        if (!Files.isDirectory(folder)) {
          throw new IOException(folder + " is not a directory", e);
        }
      } catch (IOException e) {
        throw new IOException(folder + " cannot be made: " + e, e);
      }
    }
    Path real = folder.toRealPath();
    Object user = userOf(real);
    OwnerOnly.check(real, user);
    return new CacheFolder(real, maxBytes, user);
  }

  /**
   * Java does not tell a process who it is; a file that it makes does, and that it can make one.
   */
  private static Object userOf(Path folder) throws IOException {
    try {
      Path made = Files.createTempFile(folder, "check-", PARTIAL, OwnerOnly.ofFile());
      try {
        return OwnerOnly.ownerOf(made);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      throw new IOException(folder + " cannot be written: " + e, e);
    }
  }

  /**
   * Looks for a file.
   *
   * @param name of a prepared module or a frozen program
   * @return the open file, or empty if there is none
   * @throws IOException if it cannot be read, or if others may write it; the message names it
   */
  public Optional<PreparedFile> find(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is not a regular file");
    }
    OwnerOnly.check(file, user);
    try {
      PreparedFile opened = PreparedFile.open(file);
      used(file);
      return Optional.of(opened);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps a prepared module or a frozen program, in place of one of the same name.
   *
   * @param name its name
   * @param content its bytes
   * @return the open file
   * @throws IOException if it cannot be written
   */
  public PreparedFile store(String name, Content content) throws IOException {
    Path partial = Files.createTempFile(folder, "storing-", PARTIAL, OwnerOnly.ofFile());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16)) {
        content.writeTo(out);
      }
      Path file = folder.resolve(name);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      PreparedFile stored = PreparedFile.open(file);
      evict();
      return stored;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Opens a file that nobody reads, to be locked by those who share the folder. It is cleared away
   * as what a process has left that died.
   *
   * @param name which begins its name
   * @return to be closed, by who may delete it too
   * @throws IOException if it cannot be made
   */
  public LockFile lockFile(String name) throws IOException {
    Path file = folder.resolve(name + PARTIAL);
    return new LockFile(
        file,
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.ofFile()));
  }

  /**
   * A file to be locked.
   *
   * @param path where it is
   * @param channel that it is locked by
   */
  public record LockFile(Path path, FileChannel channel) {}

  private static void used(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It is root's, for example. Then it is not ours to clear away either.
    }
  }

  /** Deletes what there is too much of, the longest unused first, but nothing that is in use. */
  private void evict() throws IOException {
    List<Entry> entries = new ArrayList<>();
    long total = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Entry entry = Entry.of(file);
        if (entry == null) {
          continue;
        }
        if (entry.isAbandoned()) {
          Files.deleteIfExists(file);
        } else if (isKept(file.getFileName().toString())) {
          entries.add(entry);
          total += entry.bytes;
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::lastUse));
    for (Entry entry : entries) {
      if (total <= maxBytes) {
        return;
      }
      if (!PreparedFile.isInUse(entry.file)) {
        Files.deleteIfExists(entry.file);
        Files.deleteIfExists(folder.resolve(classesOf(entry.file.getFileName().toString())));
        total -= entry.bytes;
      }
    }
  }

  /** A list of classes goes with its module. */
  private static boolean isKept(String name) {
    return name.endsWith(PREPARED) || name.endsWith(FROZEN);
  }

  private record Entry(Path file, long bytes, FileTime lastUse) {
    /** Null if another process has just deleted it. */
    static Entry of(Path file) {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Entry(file, attributes.size(), attributes.lastModifiedTime());
      } catch (IOException e) {
        return null;
      }
    }

    boolean isAbandoned() {
      return file.getFileName().toString().endsWith(PARTIAL)
          && lastUse.toInstant().isBefore(Instant.now().minus(LONGEST_WRITE));
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
