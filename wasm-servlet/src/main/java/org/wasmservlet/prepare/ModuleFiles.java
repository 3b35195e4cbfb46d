package org.wasmservlet.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which files of an application are modules, and what they are called. */
final class ModuleFiles {
  private static final String MODULE = ".wasm";

  private ModuleFiles() {}

  static boolean isModule(String name) {
    return name.endsWith(MODULE);
  }

  static List<Path> in(Path root) throws IOException {
    return files(root, MODULE);
  }

  /** The files of a suffix, in an order of theirs. */
  static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /** The path from the root, with slashes; null if it is not below that. */
  static String name(Path root, Path module) {
    return module.startsWith(root) ? root.relativize(module).toString().replace('\\', '/') : null;
  }
}
