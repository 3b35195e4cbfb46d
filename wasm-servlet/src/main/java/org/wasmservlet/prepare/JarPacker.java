package org.wasmservlet.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prepares the modules that are in a jar. */
final class JarPacker {
  /** Where an executable jar of Spring Boot has its own class path. */
  private static final String BOOT = "BOOT-INF/classes/";

  private final Path root;
  private final Options options;
  private final ModulesPacker modules;

  /**
   * Prepares to.
   *
   * @param root where the jar's modules are unpacked
   */
  JarPacker(Path root, Options options, ModulesPacker modules) {
    this.root = root;
    this.options = options;
    this.modules = modules;
  }

  /** Where the class path of a jar begins, by the names of its files. */
  static String classes(List<String> names) {
    return names.stream().anyMatch(name -> name.startsWith(BOOT)) ? BOOT : "";
  }

  /** Makes the folder anew: a jar that was up to date keeps what it was given before. */
  void pack(List<Path> others) throws IOException {
    modules.clear();
    for (Path module : ModuleFiles.in(root)) {
      String name = ModuleFiles.name(root, module);
      if (options.isChosen(name)) {
        modules.pack(module, "/" + name, false);
        if (options.isFreezable()) {
          modules.pack(module, "/" + name, true);
        }
      }
    }
    modules.packAll(others);
  }
}
