package org.wasmservlet.prepare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.core.NotFrozenException;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.ProgramFreezer;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.freeze.ScriptPlan;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.report.Report;
import org.wasmservlet.route.ProgramSetup;

/** Starts the programs of routes as a server would, freezes them and packs what is frozen. */
final class RouteFreezer {
  private final Path root;
  private final Path temporary;
  private final Path folder;
  private final Report report;

  /**
   * Prepares to.
   *
   * @param root of the web application
   * @param temporary where what is in archives is unpacked
   * @param folder that has the modules and gets what is frozen
   */
  RouteFreezer(Path root, Path temporary, Path folder, Report report) {
    this.root = root;
    this.temporary = temporary;
    this.folder = folder;
    this.report = report;
  }

  /** Freezes one, or reports why that cannot be done. */
  void freeze(RouteOwner owner, ProgramSetup setup) {
    try {
      WasmConfig config = setup.load(PreparedModules.none().orFrom(this::file));
      try {
        freeze(owner, setup, config);
        tellWhatIsOutside(owner, config);
      } finally {
        config.module().close();
      }
    } catch (DirectiveException | NotFrozenException | IOException e) {
      report.fail(owner, e.getMessage());
    }
  }

  private void freeze(RouteOwner owner, ProgramSetup setup, WasmConfig config)
      throws DirectiveException, NotFrozenException, IOException {
    GivenDirectories given = setup.give(null);
    try (MemoryShare memory = MemoryBudget.shared().share();
        OutputStream stderr = setup.freezeLog()) {
      ScriptPlan scripts = setup.scriptPlan();
      List<FreezeAt> places = new ArrayList<>(scripts.places().values());
      places.add(0, setup.freezePlan().at());
      for (FreezeAt at : places) {
        ProgramFreezer freezer =
            ProgramFreezer.of(config, at)
                .share(memory)
                .stderr(stderr)
                .protocol(answer -> scripts.protocol().apply(answer, stderr));
        requireFound(freeze(owner, freezer), config, at, memory);
      }
    } finally {
      given.close();
    }
  }

  private Path freeze(RouteOwner owner, ProgramFreezer freezer)
      throws NotFrozenException, IOException {
    try (FrozenProgram program = freezer.freeze()) {
      Path file = pack(program);
      report.say(
          owner,
          "is frozen where it "
              + program.at()
              + ": "
              + program.watchedFiles()
              + " files compared, "
              + Files.size(file)
              + " bytes in "
              + file.getFileName());
      if (program.earlyOutputBytes() > 0) {
        report.say(
            owner,
            "wrote "
                + program.earlyOutputBytes()
                + " bytes to its standard output before it was frozen, which no request gets: "
                + program.earlyOutput());
      }
      return file;
    }
  }

  private Path pack(FrozenProgram program) throws IOException {
    try {
      return FrozenPrograms.pack(program, folder);
    } catch (IOException e) {
      throw new IOException("what is frozen cannot be packed: " + e.getMessage(), e);
    }
  }

  /** A program that lists the folder which it is packed into would never find it as it was. */
  private void requireFound(Path file, WasmConfig config, FreezeAt at, MemoryShare memory)
      throws IOException {
    Optional<FrozenProgram> found =
        FrozenPrograms.none().orFrom(this::file).find(config, at, memory);
    found.ifPresent(FrozenProgram::close);
    if (found.isEmpty()) {
      Files.delete(file);
      throw new IOException("what is frozen cannot be read again, and the log says why");
    }
  }

  private Optional<Path> file(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
  }

  private void tellWhatIsOutside(RouteOwner owner, WasmConfig config) throws IOException {
    for (Preopen given : config.preopens()) {
      Path directory = given.hostDirectory().toRealPath();
      if (given.access() != Preopen.Access.PRIVATE
          && !directory.startsWith(root.toRealPath())
          && !directory.startsWith(temporary.toRealPath())) {
        report.say(
            owner,
            directory
                + ", which it has as "
                + given.guestPath()
                + ", is outside of the web application: a server must have the same files there");
      }
    }
  }
}
