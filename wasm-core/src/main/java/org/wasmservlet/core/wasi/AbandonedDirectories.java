package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deletes the directories of runs whose process was killed. Whose process is there has the lock of
 * the directory, whichever JVM of the machine that is. What has no lock, or is another user's, is
 * left alone: it may be anybody's.
 */
public final class AbandonedDirectories {
  private static final Set<OpenOption> TO_BE_LOCKED =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private AbandonedDirectories() {}

  /**
   * Deletes them. What cannot be deleted stays.
   *
   * @param parent in which runs get directories of their own
   */
  public static void deleteIn(Path parent) {
    try (SecureDirectoryStream<Path> in = PrivateDirectory.open(parent.toRealPath())) {
      List<Path> names = namesOfOtherProcesses(in);
      if (names.isEmpty()) {
        return;
      }
      UserPrincipal user = thisUser(in, parent);
      for (Path name : names) {
        if (user.equals(ownerOf(in, name))) {
          deleteIfAbandoned(in, name);
        }
      }
    } catch (IOException | RuntimeException e) {
      // The next start may find things better.
    }
  }

  /** A process's own locks would be lost if it opened and closed the files once more. */
  private static List<Path> namesOfOtherProcesses(SecureDirectoryStream<Path> in)
      throws IOException {
    List<Path> names = new ArrayList<>();
    try (SecureDirectoryStream<Path> entries = DirectoryContents.open(in, Path.of("."))) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (PrivateDirectory.isOfAnotherProcess(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** Java does not tell a process who it is; what it makes does. */
  private static UserPrincipal thisUser(SecureDirectoryStream<Path> in, Path parent)
      throws IOException {
    PrivateDirectory made = PrivateDirectory.create(parent);
    try {
      return ownerOf(in, made.path().getFileName());
    } finally {
      made.delete();
    }
  }

  private static UserPrincipal ownerOf(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    try {
      return in.getFileAttributeView(name, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .getOwner();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static void deleteIfAbandoned(SecureDirectoryStream<Path> in, Path name) {
    try (SecureDirectoryStream<Path> directory = DirectoryContents.open(in, name);
        FileChannel lock =
            (FileChannel) directory.newByteChannel(PrivateDirectory.LOCK, TO_BE_LOCKED)) {
      if (lock.tryLock() != null) {
        DirectoryContents.delete(directory, PrivateDirectory.LOCK);
        in.deleteDirectory(name);
      }
    } catch (NoSuchFileException e) {
      deleteIfEmpty(in, name);
    } catch (IOException | RuntimeException e) {
      // It is no such directory, or there are no locks here.
    }
  }

  /** Its process ended before it had the lock; one that is about to have it makes another. */
  private static void deleteIfEmpty(SecureDirectoryStream<Path> in, Path name) {
    try {
      in.deleteDirectory(name);
    } catch (IOException e) {
      // It is not, or has gone.
    }
  }
}
