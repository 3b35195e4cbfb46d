package org.wasmservlet.server.tomcat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import org.wasmservlet.resource.FileTrees;

/**
 * The work directories of servers that were killed. A server that lives holds a lock on a file of
 * its directory; one without that file has just been made, or is nobody's whom we know.
 */
final class LeftDirectories {
  /** What the names of all work directories begin with. */
  static final String PREFIX = "wasm-server-";

  private static final String LOCK = "lock";

  private LeftDirectories() {}

  /**
   * Says that a directory is used.
   *
   * @param made has not been said to be used before
   * @return what says so until it is closed, or the process ends
   * @throws IOException if that cannot be said
   */
  static FileChannel lock(Path made) throws IOException {
    Path file = made.resolve(LOCK);
    // Under another name it is locked before anybody looks for it.
    Path unseen = made.resolve(LOCK + ".part");
    FileChannel channel =
        FileChannel.open(unseen, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(unseen, file);
    return channel;
  }

  /**
   * Deletes those beside a directory that are of the same user and not used any more. What cannot
   * be deleted is left.
   *
   * @param own of this process, not locked yet
   * @throws IOException if it cannot be read what there is
   */
  static void delete(Path own) throws IOException {
    UserPrincipal user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(own.getParent(), PREFIX + "*")) {
      for (Path directory : found) {
        try {
          if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
              && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user)
              && Files.isRegularFile(directory.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
            deleteUnlessUsed(directory);
          }
        } catch (IOException e) {
          System.getLogger(LeftDirectories.class.getName())
              .log(Level.DEBUG, directory + " is left", e);
        }
      }
    }
  }

  private static void deleteUnlessUsed(Path directory) throws IOException {
    Path file = directory.resolve(LOCK);
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock unused = channel.tryLock()) {
      if (unused == null) {
        return;
      }
      try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
        for (Path each : content) {
          // Who is killed meanwhile has left one that is found again.
          if (!each.equals(file)) {
            FileTrees.delete(each);
          }
        }
      }
      FileTrees.delete(directory);
    } catch (OverlappingFileLockException e) {
      // This process uses it.
    }
  }
}
