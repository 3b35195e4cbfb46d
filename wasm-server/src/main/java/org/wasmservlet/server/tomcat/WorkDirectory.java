package org.wasmservlet.server.tomcat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.resource.FileTrees;

/** A directory of this process's own, which goes when it ends, or else when the next one starts. */
final class WorkDirectory {
  private final Path path;

  /** Says that it is used: also while nobody but the end of the process refers to it. */
  private final FileChannel lock;

  private WorkDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes one, which its user alone may enter, and deletes those that processes of this user have
   * left behind that were killed.
   *
   * @throws StartException if there is no room for it
   */
  static WorkDirectory make() throws StartException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      WorkDirectory made = makeIn(parent);
      Runtime.getRuntime().addShutdownHook(new Thread(made::delete, "delete-work-directory"));
      return made;
    } catch (IOException e) {
      throw new StartException(
          "no temporary directory can be made in " + parent + " (java.io.tmpdir): " + e, e);
    }
  }

  /** Makes one that stays when the process ends. */
  static WorkDirectory makeIn(Path parent) throws IOException {
    Path made = Files.createTempDirectory(parent, LeftDirectories.PREFIX);
    // Now that it is known who this user is, and while it has no lock that could be closed.
    LeftDirectories.delete(made);
    return new WorkDirectory(made, LeftDirectories.lock(made));
  }

  Path path() {
    return path;
  }

  /** A directory in it. */
  Path make(String name) throws StartException {
    try {
      return Files.createDirectory(path.resolve(name));
    } catch (IOException e) {
      throw new StartException(path.resolve(name) + " cannot be made: " + e, e);
    }
  }

  private void delete() {
    try {
      lock.close();
      FileTrees.delete(path);
    } catch (IOException e) {
      // Something is being written there still; the next server that starts finds it.
      System.getLogger(WorkDirectory.class.getName())
          .log(System.Logger.Level.DEBUG, path + " is left", e);
    }
  }
}
