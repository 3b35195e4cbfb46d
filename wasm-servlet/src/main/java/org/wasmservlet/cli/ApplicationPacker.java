package org.wasmservlet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.wasmservlet.core.reference.ModuleReference;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.route.ProgramSetup;

/** Prepares a web application: what its routes would load and freeze when it is deployed. */
final class ApplicationPacker {
  private static final String MODULE = ".wasm";
  private static final String FROZEN = ".frozen";

  private final Path root;
  private final Path temporary;
  private final Path folder;
  private final Report report;
  private final ModulesPacker modules;
  private final ReferencePacker references;

  /**
   * Prepares to.
   *
   * @param root of the web application
   * @param temporary a directory of the command's own
   */
  ApplicationPacker(Path root, Path temporary, Report report) {
    this.root = root;
    this.temporary = temporary;
    this.folder = root.resolve(ModuleStorage.OWN_FOLDER);
    this.report = report;
    this.modules = new ModulesPacker(folder, report);
    this.references = new ReferencePacker(folder, temporary, report);
  }

  /**
   * Compiles and freezes.
   *
   * @param others modules that are not in it
   */
  void pack(List<Path> others) throws IOException {
    Files.createDirectories(folder);
    deleteFrozen();
    try (UndeployedApplication application = new UndeployedApplication(root, temporary)) {
      application.tellWhatIsNotSeen(report);
      Map<RouteOwner, ProgramSetup> setups = setups(application);
      setups.forEach((owner, setup) -> references.pack(owner, setup.module()));
      packModules(setups);
      modules.packAll(others);
      RouteFreezer freezer = new RouteFreezer(root, temporary, folder, report);
      setups.forEach(
          (owner, setup) -> {
            if (setup.freezePlan() != null) {
              freezer.freeze(owner, setup);
            }
          });
    }
  }

  /** Of another configuration they would never be found again, and they have secrets in them. */
  private void deleteFrozen() throws IOException {
    for (Path file : filesOf(folder, FROZEN)) {
      Files.delete(file);
    }
  }

  /** Those that can be set up here: what is wrong with a route that is not frozen is no matter. */
  private Map<RouteOwner, ProgramSetup> setups(UndeployedApplication application) {
    Map<RouteOwner, ProgramSetup> setups = new LinkedHashMap<>();
    for (RouteOwner owner : application.routes(report)) {
      try {
        setups.put(owner, ProgramSetup.of(owner, references.fetched(), references::present));
      } catch (DirectiveException e) {
        if (isToBeFrozen(owner) || isToBeFetched(owner)) {
          report.fail(owner, e.getMessage());
        }
      }
    }
    return setups;
  }

  private static boolean isToBeFrozen(RouteOwner owner) {
    return has(owner, Directive.FREEZE, value -> !value.equalsIgnoreCase("off"));
  }

  private static boolean isToBeFetched(RouteOwner owner) {
    return has(owner, Directive.MODULE, ModuleReference::isOne);
  }

  private static boolean has(RouteOwner owner, Directive directive, Predicate<String> value) {
    return owner.initParams().entrySet().stream()
        .filter(param -> param.getKey().equalsIgnoreCase(directive.parameter()))
        .anyMatch(param -> value.test(param.getValue().strip()));
  }

  /** In the form that its routes need, or the usual one of what no known route runs. */
  private void packModules(Map<RouteOwner, ProgramSetup> setups) throws IOException {
    Map<Path, Set<Boolean>> forms = new LinkedHashMap<>();
    for (Path module : filesOf(root, MODULE)) {
      forms.put(module.toRealPath(), new TreeSet<>());
    }
    for (ProgramSetup setup : setups.values()) {
      boolean isFrozen = setup.freezePlan() != null;
      try {
        Path module = setup.module().file().toRealPath();
        if (isFrozen || forms.containsKey(module)) {
          forms.computeIfAbsent(module, key -> new TreeSet<>()).add(isFrozen);
        }
      } catch (DirectiveException | IOException e) {
        // Whoever freezes it reports that, and the server for what it runs anew.
        continue;
      }
    }
    Path realRoot = root.toRealPath();
    forms.forEach(
        (module, needed) -> {
          String name =
              module.startsWith(realRoot) ? "/" + realRoot.relativize(module) : module.toString();
          for (boolean toBeFrozen : needed.isEmpty() ? Set.of(false) : needed) {
            modules.pack(module, name, toBeFrozen);
          }
        });
  }

  private static List<Path> filesOf(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
