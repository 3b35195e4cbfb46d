package org.wasmservlet.prepare;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.core.PackedModule;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.report.Report;

/** Compiles modules into a folder. */
final class ModulesPacker {
  private static final int NAME_AT_MOST = 1000;

  private final Path folder;
  private final Options options;
  private final Report report;
  private final ObjIntConsumer<String> progress;

  ModulesPacker(Path folder, Options options, Report report, ObjIntConsumer<String> progress) {
    this.folder = folder;
    this.options = options;
    this.report = report;
    this.progress = progress;
  }

  /** Has the folder, and nothing in it. */
  void clear() throws IOException {
    Files.createDirectories(folder);
    for (Path file : ModuleFiles.files(folder, "")) {
      Files.delete(file);
    }
  }

  void packAll(List<Path> modules) {
    for (Path module : modules) {
      pack(module, module.toString(), false);
      if (options.isFreezable()) {
        pack(module, module.toString(), true);
      }
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
      long start = System.nanoTime();
      PackedModule packed = pack(module, Visible.escape(name, NAME_AT_MOST), toBeFrozen, place());
      if (packed.file() == null) {
        tellUnsupported(name, packed.unsupported());
      } else {
        report.say(name, describe(packed, System.nanoTime() - start));
      }
    } catch (IOException e) {
      // Its message is the path alone, for some.
      report.fail(name, e instanceof FileSystemException ? e.toString() : e.getMessage());
    }
  }

  private PackedModule pack(Path module, String name, boolean toBeFrozen, Path place)
      throws IOException {
    PackedModule packed =
        PreparedModules.pack(module, toBeFrozen, place, percent -> progress.accept(name, percent));
    if (packed.file() != null && !place.equals(folder)) {
      Files.copy(
          packed.file(),
          folder.resolve(packed.file().getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return packed;
  }

  private Path place() throws IOException {
    return options.kept() == null ? folder : Files.createDirectories(options.kept());
  }

  private void tellUnsupported(String name, String feature) {
    String text = "uses " + feature + ", which the server compiles at every start";
    if (options.isStrict()) {
      report.fail(name, text);
    } else {
      report.warn(name, text);
    }
  }

  private static String describe(PackedModule packed, long nanoseconds) throws IOException {
    if (packed.functions() == 0) {
      return "is prepared, and up to date";
    }
    return String.format(
        Locale.ROOT,
        "%d functions, %d bytes in %s, %.1f s",
        packed.functions(),
        Files.size(packed.file()),
        packed.file().getFileName(),
        nanoseconds / 1e9);
  }
}
