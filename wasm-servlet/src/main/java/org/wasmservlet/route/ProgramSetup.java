package org.wasmservlet.route;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.wasmservlet.application.ApplicationFactory;
import org.wasmservlet.application.PhpScripts;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.reference.ModuleFetcher;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.exchange.GuestLog;
import org.wasmservlet.freeze.FreezePlan;
import org.wasmservlet.freeze.ScriptPlan;
import org.wasmservlet.gateway.GatewayFactory;
import org.wasmservlet.host.DirectoryFactory;
import org.wasmservlet.host.HostFiles;
import org.wasmservlet.host.ModuleLocation;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.program.LiveProgram;
import org.wasmservlet.program.ProgramFactory;

/**
 * What a route's init-params say of its program: all that there is to know for starting and
 * freezing it, without a request.
 */
public final class ProgramSetup {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final RouteOwner owner;
  private final GatewayFactory gateways;
  private final ModuleLocation location;
  private final ProgramFactory programs;
  private final DirectoryFactory directories;
  private final WasmLimits limits;
  private final WasmConfig.Builder config;
  private final FreezePlan plan;
  private final ScriptPlan scripts;

  /** What the program is started with instead of its application's arguments, or nothing. */
  private ProgramSetup(
      RouteOwner owner,
      Directives directives,
      HostFiles files,
      ModuleFetcher fetcher,
      List<String> command)
      throws DirectiveException {
    this.owner = owner;
    this.gateways =
        new GatewayFactory(directives, owner.context().getServerInfo(), files.temporaryDirectory());
    this.location = ModuleLocation.of(directives, files, fetcher);
    this.programs = new ProgramFactory(directives, location, owner);
    this.directories = new DirectoryFactory(directives, files, owner);
    this.limits = programs.limits();
    this.config = programs.config();
    directories.addTo(config);
    ApplicationFactory applications = new ApplicationFactory(directives, files, directories);
    if (command.isEmpty()) {
      applications.addTo(config);
    } else {
      applications.addTo(config, command);
    }
    this.plan = FreezePlan.of(directives, applications.beforeLoading());
    this.scripts = scriptPlan(PhpScripts.of(directives));
  }

  private static ScriptPlan scriptPlan(PhpScripts scripts) {
    if (scripts == null) {
      return ScriptPlan.NONE;
    }
    Map<String, FreezeAt> places = new HashMap<>();
    for (String start : scripts.starts()) {
      places.put(start, GatewayFactory.whileAnswering(scripts.variables(start)));
    }
    return new ScriptPlan(places, scripts::startOf, GatewayFactory::records);
  }

  /**
   * Reads a route's, to prepare what its server will look for.
   *
   * @param owner with the init-params
   * @param folder where modules are fetched to that are named by reference
   * @param present gives those of them that are there already, by their names
   * @return whose module is not loaded
   * @throws DirectiveException if an init-param cannot be used
   */
  public static ProgramSetup of(
      RouteOwner owner, Path folder, Function<String, Optional<Path>> present)
      throws DirectiveException {
    Directives directives = Directives.read(owner.initParams());
    ModuleFetcher fetcher = ModuleStorage.fetcher(directives, folder, present);
    HostFiles files = new HostFiles(owner.context());
    return new ProgramSetup(owner, directives, files, fetcher, List.of());
  }

  /**
   * Reads a route's, for a command that is run where its application would be.
   *
   * @param owner with the init-params
   * @param command what is run, and its arguments
   * @return whose module is not loaded
   * @throws DirectiveException if an init-param cannot be used, or there is no application
   */
  public static ProgramSetup of(RouteOwner owner, List<String> command) throws DirectiveException {
    Directives directives = Directives.read(owner.initParams());
    HostFiles files = new HostFiles(owner.context());
    ModuleFetcher fetcher = new ModuleStorage(owner, directives, files).fetcher();
    return new ProgramSetup(owner, directives, files, fetcher, command);
  }

  static ProgramSetup of(
      RouteOwner owner, Directives directives, HostFiles files, ModuleFetcher fetcher)
      throws DirectiveException {
    return new ProgramSetup(owner, directives, files, fetcher, List.of());
  }

  /**
   * Where the module is.
   *
   * @return its place, though there need be nothing
   */
  public ModuleLocation module() {
    return location;
  }

  /**
   * Where the program is frozen.
   *
   * @return null if it is not to be
   */
  public FreezePlan freezePlan() {
    return plan;
  }

  /**
   * Where the program is frozen besides.
   *
   * @return nowhere, if it has no scripts that want it
   */
  public ScriptPlan scriptPlan() {
    return scripts;
  }

  /**
   * The directories that it has.
   *
   * @return in the order they are given
   */
  public List<Preopen> preopens() {
    return config.preopens();
  }

  /**
   * Loads the module.
   *
   * @param prepared where compiled modules are
   * @return what is run; its module is to be closed
   * @throws DirectiveException if it cannot be loaded, or is not good for the route
   */
  public WasmConfig load(PreparedModules prepared) throws DirectiveException {
    return programs.load(config, limits, prepared, gateways::complete, plan != null);
  }

  LiveProgram program(PreparedModules prepared) throws DirectiveException {
    return programs.create(() -> load(prepared));
  }

  /**
   * Lists the directories for all routes of the JVM, and refuses them if a program could change by
   * them what the host works with.
   *
   * @param cacheFolder where compiled modules are kept, or null
   * @return to be closed with the route
   * @throws DirectiveException if they cannot be given
   */
  public GivenDirectories give(Path cacheFolder) throws DirectiveException {
    GivenDirectories given = directories.register(config);
    boolean allowed = false;
    try {
      directories.guard(given, cacheFolder);
      allowed = true;
      return given;
    } finally {
      if (!allowed) {
        given.close();
      }
    }
  }

  /**
   * What the standard error of a program goes to that is not serving a request yet.
   *
   * @return the log
   */
  public GuestLog freezeLog() {
    return new GuestLog(LOGGER, () -> owner + " is being frozen:");
  }

  GatewayFactory gateways() {
    return gateways;
  }

  WasmLimits limits() {
    return limits;
  }
}
