package org.wasmservlet.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.wasmservlet.core.reference.ModuleReference;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.report.Report;
import org.wasmservlet.route.ProgramSetup;
import org.wasmservlet.undeployed.UndeployedApplication;

/** Prepares a web application: what its routes would load and freeze when it is deployed. */
final class ApplicationPacker {
  private static final String FROZEN = ".frozen";

  private final Path root;
  private final Path folder;
  private final Options options;
  private final Report report;
  private final ModulesPacker modules;

  /**
   * Prepares to.
   *
   * @param root of the web application
   * @param modules packs into its folder
   */
  ApplicationPacker(Path root, Options options, Report report, ModulesPacker modules) {
    this.root = root;
    this.folder = root.resolve(ModuleStorage.OWN_FOLDER);
    this.options = options;
    this.report = report;
    this.modules = modules;
  }

  /**
   * Compiles and freezes, as the options say.
   *
   * @param others modules that are not in it
   */
  void pack(List<Path> others) throws IOException {
    Files.createDirectories(folder);
    if (options.freezes()) {
      deleteFrozen();
    }
    try (UndeployedApplication application = new UndeployedApplication(root)) {
      application.tellWhatIsNotSeen(report);
      ReferencePacker references =
          new ReferencePacker(folder, application.temporary(), options.kept(), report);
      Map<RouteOwner, ProgramSetup> setups = setups(application, references);
      setups.forEach(
          (owner, setup) -> {
            if (options.compiles() || setup.freezePlan() != null) {
              references.pack(owner, setup.module());
            }
          });
      packModules(setups);
      modules.packAll(others);
      if (options.freezes()) {
        freeze(setups, application.temporary());
      }
    }
  }

  private void freeze(Map<RouteOwner, ProgramSetup> setups, Path temporary) {
    RouteFreezer freezer = new RouteFreezer(root, temporary, folder, report);
    setups.forEach(
        (owner, setup) -> {
          if (setup.freezePlan() != null) {
            freezer.freeze(owner, setup);
          }
        });
  }

  /** Of another configuration they would never be found again, and they have secrets in them. */
  private void deleteFrozen() throws IOException {
    for (Path file : ModuleFiles.files(folder, FROZEN)) {
      Files.delete(file);
    }
  }

  /** Those that can be set up here: what is wrong with a route that is not frozen is no matter. */
  private Map<RouteOwner, ProgramSetup> setups(
      UndeployedApplication application, ReferencePacker references) {
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
    Path realRoot = root.toRealPath();
    Map<Path, Set<Boolean>> forms = new LinkedHashMap<>();
    for (Path module : ModuleFiles.in(root)) {
      if (options.isChosen(ModuleFiles.name(root, module))) {
        forms.put(module.toRealPath(), new TreeSet<>());
      }
    }
    for (ProgramSetup setup : setups.values()) {
      boolean isFrozen = setup.freezePlan() != null;
      try {
        Path module = setup.module().file().toRealPath();
        if (isFrozen && options.freezes() || forms.containsKey(module)) {
          forms.computeIfAbsent(module, key -> new TreeSet<>()).add(isFrozen);
        }
      } catch (DirectiveException | IOException e) {
        // Whoever freezes it reports that, and the server for what it runs anew.
        continue;
      }
    }
    forms.forEach(
        (module, needed) -> {
          String inside = ModuleFiles.name(realRoot, module);
          for (boolean toBeFrozen : forms(needed)) {
            modules.pack(module, inside != null ? "/" + inside : module.toString(), toBeFrozen);
          }
        });
  }

  private Set<Boolean> forms(Set<Boolean> needed) {
    if (options.isFreezable()) {
      return new TreeSet<>(Set.of(false, true));
    }
    return needed.isEmpty() ? Set.of(false) : needed;
  }
}
