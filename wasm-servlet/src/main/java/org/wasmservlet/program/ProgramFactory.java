package org.wasmservlet.program;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleUse;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.host.ModuleLocation;
import org.wasmservlet.mapping.RouteOwner;

/** Makes a route's program from init-params, or says which of them is wrong. */
public final class ProgramFactory {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final Directives directives;
  private final ModuleLocation location;
  private final RouteOwner owner;

  /**
   * Makes a factory.
   *
   * @param directives of the route
   * @param location where its module is
   * @param owner whose program it is
   */
  public ProgramFactory(Directives directives, ModuleLocation location, RouteOwner owner) {
    this.directives = directives;
    this.location = location;
    this.owner = owner;
  }

  /** What somebody else needs of the configuration for a module. */
  @FunctionalInterface
  public interface Needs {
    /**
     * Completes it.
     *
     * @param config for a module
     * @throws DirectiveException if the module is not good for it
     */
    void complete(WasmConfig.Builder config) throws DirectiveException;
  }

  /**
   * What each run may use.
   *
   * @return limits that have not been compared with a module
   * @throws DirectiveException if an init-param cannot be used
   */
  public WasmLimits limits() throws DirectiveException {
    WasmLimits limits =
        WasmLimits.DEFAULT
            .withMemory(directives.bytes(Directive.MEMORY_LIMIT))
            .withOutput(directives.bytes(Directive.MAX_OUTPUT))
            .withWritten(directives.bytes(Directive.MAX_WRITTEN));
    limits = limit(Directive.TIMEOUT, limits::withTimeout, directives.duration(Directive.TIMEOUT));
    limits =
        limit(
            Directive.MAX_OPEN_FILES,
            limits::withOpenFiles,
            directives.count(Directive.MAX_OPEN_FILES, 0));
    return directives.value(Directive.MAX_STACK) == null
        ? limits
        : limit(Directive.MAX_STACK, limits::withStack, directives.bytes(Directive.MAX_STACK));
  }

  private <T> WasmLimits limit(Directive directive, Function<T, WasmLimits> change, T value)
      throws DirectiveException {
    try {
      return change.apply(value);
    } catch (IllegalArgumentException e) {
      throw new DirectiveException(
          directive.parameter(), directives.value(directive), e.getMessage());
    }
  }

  /**
   * What does not depend on the module.
   *
   * @return arguments and environment, without directories
   * @throws DirectiveException if an init-param cannot be used
   */
  public WasmConfig.Builder config() throws DirectiveException {
    WasmConfig.Builder builder = WasmConfig.builder();
    for (List<String> words : directives.all(Directive.ARG)) {
      apply(Directive.ARG, words, () -> builder.argument(words.get(0)));
    }
    for (List<String> words : directives.all(Directive.ENV)) {
      apply(Directive.ENV, words, () -> builder.environment(words.get(0), words.get(1)));
    }
    return builder;
  }

  /**
   * Makes the program.
   *
   * @param source loads its module
   * @return a program that is not loaded
   * @throws DirectiveException if an init-param cannot be used
   */
  public LiveProgram create(LiveProgram.Source source) throws DirectiveException {
    boolean reload = directives.isOn(Directive.RELOAD);
    if (location.isReference()) {
      return new LiveProgram(owner, location.toString(), source, null);
    }
    Path file = location.file();
    return new LiveProgram(
        owner, file.toString(), source, reload ? new ModuleWatch(file, System::nanoTime) : null);
  }

  /**
   * Loads the module.
   *
   * @param config what does not depend on it
   * @param limits of each run
   * @param prepared where compiled modules are
   * @param needs what else the module is to be good for
   * @param toBeFrozen whether it is to be frozen
   * @return what is run; its module is to be closed
   * @throws DirectiveException if it cannot be loaded, or is not good for that
   */
  public WasmConfig load(
      WasmConfig.Builder config,
      WasmLimits limits,
      PreparedModules prepared,
      Needs needs,
      boolean toBeFrozen)
      throws DirectiveException {
    Path file = location.file();
    // Before it is loaded: a large module takes half a minute, and silence looks like a hang.
    LOGGER.log(Level.INFO, "{0} loads {1}", owner, location.isReference() ? location : file);
    WasmModule module;
    try {
      ModuleCache cache = ModuleCache.shared();
      module = cache.load(file, use(toBeFrozen), prepared);
    } catch (IOException e) {
      throw location.unusable(e);
    }
    boolean made = false;
    try {
      WasmConfig complete = complete(config.forModule(module), limits, needs);
      made = true;
      return complete;
    } finally {
      if (!made) {
        module.close();
      }
    }
  }

  private ModuleUse use(boolean toBeFrozen) throws DirectiveException {
    ModuleUse use = toBeFrozen ? ModuleUse.usual().toBeFrozen() : ModuleUse.usual();
    String unknown = directives.value(Directive.UNKNOWN_IMPORTS);
    return switch (unknown.toLowerCase(Locale.ROOT)) {
      case "refuse" -> use;
      case "trap" -> use.trappingUnknownImports();
      default ->
          throw new DirectiveException(
              Directive.UNKNOWN_IMPORTS.parameter(), unknown, "must be Refuse or Trap");
    };
  }

  private WasmConfig complete(WasmConfig.Builder builder, WasmLimits limits, Needs needs)
      throws DirectiveException {
    location.programName().ifPresent(builder::programName);
    String entryPoint = directives.value(Directive.ENTRY_POINT);
    apply(Directive.ENTRY_POINT, List.of(entryPoint), () -> builder.entryPoint(entryPoint));
    apply(
        Directive.MEMORY_LIMIT,
        List.of(directives.value(Directive.MEMORY_LIMIT)),
        () -> builder.limits(limits));
    needs.complete(builder);
    return builder.build();
  }

  private static void apply(Directive directive, List<String> words, Runnable call)
      throws DirectiveException {
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      throw new DirectiveException(
          directive.parameter(), String.join(" ", words), e.getMessage(), e);
    }
  }
}
