package org.wasmservlet.server.tomcat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.resource.FileTrees;

/** A directory of this process's own, which goes when it ends. */
final class WorkDirectory {
  private final Path path;

  private WorkDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes one, which its user alone may enter.
   *
   * @throws StartException if there is no room for it
   */
  static WorkDirectory make() throws StartException {
    try {
      // Nobody but the user may enter it.
      WorkDirectory made = new WorkDirectory(Files.createTempDirectory("wasm-server-"));
      Runtime.getRuntime().addShutdownHook(new Thread(made::delete, "delete-work-directory"));
      return made;
    } catch (IOException e) {
      throw new StartException(
          "no temporary directory can be made in "
              + System.getProperty("java.io.tmpdir")
              + " (java.io.tmpdir): "
              + e,
          e);
    }
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
      FileTrees.delete(path);
    } catch (IOException e) {
      // Something is being written there still; whoever cleans the temporary directory finds it.
      System.getLogger(WorkDirectory.class.getName())
          .log(System.Logger.Level.DEBUG, path + " is left", e);
    }
  }
}
