package org.wasmservlet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wasmservlet.core.PackedModule;
import org.wasmservlet.core.PreparedModules;

/** Compiles modules into a folder. */
final class ModulesPacker {
  private final Path folder;
  private final Report report;

  ModulesPacker(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void packAll(List<Path> modules) {
    for (Path module : modules) {
      pack(module, module.toString(), false);
    }
  }

  /**
   * Compiles one.
   *
   * @param name by which it is reported
   * @param toBeFrozen whether it is for programs that are frozen
   */
  void pack(Path module, String name, boolean toBeFrozen) {
    try {
      report.say(name, describe(PreparedModules.pack(module, toBeFrozen, folder)));
    } catch (IOException e) {
      report.fail(name, e.getMessage());
    }
  }

  private static String describe(PackedModule packed) throws IOException {
    if (packed.file() == null) {
      return "uses " + packed.unsupported() + ", which the server compiles at every start";
    }
    return packed.functions() == 0
        ? "is prepared"
        : packed.functions()
            + " functions, "
            + Files.size(packed.file())
            + " bytes in "
            + packed.file().getFileName();
  }
}
