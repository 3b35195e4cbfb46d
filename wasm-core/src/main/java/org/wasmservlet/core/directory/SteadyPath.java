package org.wasmservlet.core.directory;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A path to an open directory for what the JDK does by path only. On Linux it is that of the handle
 * itself, below /proc/self/fd: it leads to the directory that was opened, wherever that is moved
 * and whatever takes its place. Elsewhere it is the path by which the directory was opened, if that
 * still leads there.
 *
 * <p>The JDK does not tell a handle's number. So the handle gets an offset that no other one has,
 * and Linux tells the offsets (proc(5), {@code fdinfo}).
 */
public final class SteadyPath {
  private static final Path HANDLES = Path.of("/proc/self/fd");
  private static final String OFFSETS = "/proc/self/fdinfo/";
  private static final String OFFSET = "pos:";
  private static final Path HERE = Path.of(".");
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /** Less than the largest offset of any file system. */
  private static final int OFFSETS_FROM = 1 << 20;

  private static final boolean AVAILABLE = isAvailable();

  /** Null where the path is the one by which the directory was opened. */
  private final FileChannel handle;

  private final Path path;

  private SteadyPath(FileChannel handle, Path path) {
    this.handle = handle;
    this.path = path;
  }

  /** Finds the path of a directory; it is good until this is closed. */
  static SteadyPath of(Directory directory) throws IOException {
    if (AVAILABLE) {
      FileChannel handle = directory.openFile(HERE, READ);
      SteadyPath found = null;
      try {
        Path path = find(handle, directory.key());
        if (path != null) {
          found = new SteadyPath(handle, path);
        }
      } finally {
        if (found == null) {
          handle.close();
        }
      }
      if (found != null) {
        return found;
      }
    }
    return byName(directory);
  }

  /** The path by which a directory was opened. */
  public static SteadyPath byName(Directory directory) {
    return new SteadyPath(null, directory.hostPath());
  }

  /**
   * The path.
   *
   * @param directory whose path this is
   * @throws NotDirectoryException if there is no path that leads to the directory any more
   */
  public Path to(Directory directory) throws IOException {
    if (handle == null) {
      requireThere(directory);
    }
    return path;
  }

  private void requireThere(Directory directory) throws IOException {
    if (!path.equals(path.toRealPath()) || !keyOf(path).equals(directory.key())) {
      throw new NotDirectoryException(path.toString());
    }
  }

  void close() {
    try {
      if (handle != null) {
        handle.close();
      }
    } catch (IOException e) {
      // Nothing was written through it.
    }
  }

  /**
   * The path of a handle.
   *
   * @return null if the file system takes no offsets for directories
   */
  private static Path find(FileChannel handle, Object key) throws IOException {
    long mark = ThreadLocalRandom.current().nextInt(OFFSETS_FROM, Integer.MAX_VALUE);
    try {
      handle.position(mark);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return null;
    }
    try (DirectoryStream<Path> handles = Files.newDirectoryStream(HANDLES)) {
      for (Path candidate : handles) {
        if (isOf(candidate, key) && offsetOf(candidate) == mark) {
          return candidate;
        }
      }
    }
    throw new IOException("Bad file descriptor");
  }

  private static boolean isOf(Path handle, Object key) {
    try {
      return key.equals(Files.readAttributes(handle, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }

  private static long offsetOf(Path handle) {
    try (FileInputStream in = new FileInputStream(OFFSETS + handle.getFileName())) {
      String text = new String(in.readNBytes(40), StandardCharsets.US_ASCII);
      int end = text.indexOf('\n');
      return text.startsWith(OFFSET) && end > 0
          ? Long.parseLong(text.substring(OFFSET.length(), end).strip())
          : -1;
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  /** Tried once with a directory that every system has. */
  private static boolean isAvailable() {
    try (FileChannel handle = FileChannel.open(Path.of("/"), READ)) {
      return find(handle, keyOf(Path.of("/"))) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
