package org.wasmservlet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;

/** The files that the parameter {@code modules} names. */
final class NamedModules {
  private NamedModules() {}

  /**
   * Looks for them.
   *
   * @param modules as Maven gives the parameter
   * @return paths of files
   * @throws MojoFailureException if one is none; the message names it and the parameter
   */
  static List<Path> files(List<File> modules) throws MojoFailureException {
    List<Path> files = new ArrayList<>();
    for (File module : modules) {
      if (module == null) {
        throw new MojoFailureException("modules (-Dwasm.modules): a name is empty");
      }
      if (!module.isFile()) {
        throw new MojoFailureException(
            "modules (-Dwasm.modules): "
                + module
                + (module.exists() ? ": not a regular file" : ": no such file"));
      }
      files.add(module.toPath());
    }
    return files;
  }
}
