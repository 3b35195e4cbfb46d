package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A directory that belongs to one run. While that lasts, a lock says so: on a file in the directory
 * that guests neither see nor can name, and gone with this process however that ends.
 */
public final class PrivateDirectory {
  private static final String PREFIX = "wasm-servlet-";

  /** What no two processes of one machine have in common, as long as both are there. */
  private static final String THIS_PROCESS = PREFIX + processIdentity() + "-";

  private static final Pattern OF_A_PROCESS =
      Pattern.compile(Pattern.quote(PREFIX) + "\\d+-[0-9a-f]+-\\d+");

  static final Path LOCK = Path.of(Staging.PREFIX + "lock");

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private static final int ATTEMPTS = 10;

  private final Path path;
  private final Object parentKey;
  private final Object key;
  private final FileChannel lock;

  private PrivateDirectory(Path path, Object parentKey, Object key, FileChannel lock) {
    this.path = path;
    this.parentKey = parentKey;
    this.key = key;
    this.lock = lock;
  }

  /**
   * Whether a name is that of a run's own directory.
   *
   * @param name of an entry of the directory in which they are made
   * @return true of those of all processes
   */
  public static boolean isOne(Path name) {
    return name.toString().startsWith(PREFIX);
  }

  /** Whether a run of another process has, or had, the directory of that name. */
  static boolean isOfAnotherProcess(Path name) {
    String text = name.toString();
    return OF_A_PROCESS.matcher(text).matches() && !text.startsWith(THIS_PROCESS);
  }

  /**
   * Makes an empty directory that no other user of the host can look into.
   *
   * @param parent whose path no guest can change
   */
  static PrivateDirectory create(Path parent) throws IOException {
    Path real = parent.toRealPath();
    try (SecureDirectoryStream<Path> in = open(real)) {
      for (int i = 0; i < ATTEMPTS; i++) {
        PrivateDirectory made = create(in, Files.createTempDirectory(real, THIS_PROCESS));
        if (made != null) {
          return made;
        }
      }
    }
    throw new FileSystemException(real.toString(), null, "Device or resource busy");
  }

  /** Null if another process has taken it for one that nobody has, before it was locked. */
  private static PrivateDirectory create(SecureDirectoryStream<Path> in, Path path)
      throws IOException {
    PrivateDirectory made = null;
    try (SecureDirectoryStream<Path> directory = DirectoryContents.open(in, path.getFileName())) {
      FileChannel lock = (FileChannel) directory.newByteChannel(LOCK, NEW);
      try {
        if (lockIfPossible(lock) && isThere(directory, LOCK)) {
          made = new PrivateDirectory(path, keyOf(in), keyOf(directory), lock);
        }
      } finally {
        if (made == null) {
          lock.close();
        }
      }
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (made == null) {
        Files.deleteIfExists(path.resolve(LOCK));
        Files.deleteIfExists(path);
      }
    }
    return made;
  }

  private static boolean lockIfPossible(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      // This file system has no locks. Then nobody else gets one, either.
      return true;
    }
  }

  private static boolean isThere(SecureDirectoryStream<Path> in, Path name) throws IOException {
    try {
      in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Its real path. */
  Path path() {
    return path;
  }

  /**
   * Deletes it with what is in it, never what a link in it leads to, nor what has taken its place
   * or its parent's. What cannot be deleted stays: a run has no one to tell.
   */
  void delete() {
    try (SecureDirectoryStream<Path> parent = open(path.getParent())) {
      if (keyOf(parent).equals(parentKey)) {
        delete(parent);
      }
    } catch (IOException | RuntimeException e) {
      // It stays.
    } finally {
      close(lock);
    }
  }

  private void delete(SecureDirectoryStream<Path> parent) throws IOException {
    try (SecureDirectoryStream<Path> directory =
        DirectoryContents.open(parent, path.getFileName())) {
      if (!keyOf(directory).equals(key)) {
        return;
      }
      DirectoryContents.delete(directory, LOCK);
    }
    parent.deleteDirectory(path.getFileName());
  }

  static SecureDirectoryStream<Path> open(Path directory) throws IOException {
    DirectoryStream<Path> opened = Files.newDirectoryStream(directory);
    if (opened instanceof SecureDirectoryStream<Path> stream) {
      return stream;
    }
    opened.close();
    throw new NotDirectoryException(directory + " has no handle");
  }

  private static Object keyOf(SecureDirectoryStream<Path> directory) throws IOException {
    return directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
  }

  private static void close(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock goes with the process then.
    }
  }

  private static String processIdentity() {
    ProcessHandle process = ProcessHandle.current();
    long started = process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    return process.pid() + "-" + Long.toHexString(started);
  }
}
