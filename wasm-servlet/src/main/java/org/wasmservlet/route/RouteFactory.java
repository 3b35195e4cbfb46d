package org.wasmservlet.route;

import java.io.IOException;
import java.lang.System.Logger;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.admission.AdmissionFactory;
import org.wasmservlet.admission.TotalMemory;
import org.wasmservlet.application.ApplicationFactory;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.exchange.GuestLog;
import org.wasmservlet.freeze.FreezePlan;
import org.wasmservlet.freeze.Freezing;
import org.wasmservlet.gateway.GatewayFactory;
import org.wasmservlet.host.DirectoryFactory;
import org.wasmservlet.host.GuestPaths;
import org.wasmservlet.host.HostFiles;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.program.LiveProgram;
import org.wasmservlet.program.Preload;
import org.wasmservlet.program.ProgramFactory;
import org.wasmservlet.root.DocumentRoot;
import org.wasmservlet.root.DocumentRootFactory;
import org.wasmservlet.tree.FileTree;
import org.wasmservlet.warmup.WarmUp;

/** Makes a route from init-params, or says which of them is wrong. */
final class RouteFactory {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final Directives directives;
  private final HostFiles files;
  private final RouteOwner owner;

  private RouteFactory(RouteOwner owner) throws DirectiveException {
    this.owner = owner;
    this.files = new HostFiles(owner.context());
    this.directives = Directives.read(owner.initParams());
  }

  /**
   * Makes a route whose module is not loaded. What can be checked without it is checked.
   *
   * @throws DirectiveException if an init-param cannot be used; nothing is held then
   */
  static Route create(RouteOwner owner) throws DirectiveException {
    return new RouteFactory(owner).create();
  }

  private Route create() throws DirectiveException {
    DocumentRoot documentRoot = new DocumentRootFactory(directives, files, owner).create();
    boolean made = false;
    try {
      Route route = create(documentRoot);
      made = true;
      return route;
    } finally {
      if (!made && documentRoot != null) {
        documentRoot.close();
      }
    }
  }

  private Route create(DocumentRoot documentRoot) throws DirectiveException {
    boolean mapped = directives.isOn(Directive.MAP_CGI_FILE_NAMES);
    GatewayFactory gateways =
        new GatewayFactory(directives, owner.context().getServerInfo(), files.temporaryDirectory());
    ProgramFactory programs = new ProgramFactory(directives, files, owner);
    DirectoryFactory directories = new DirectoryFactory(directives, files, owner);
    WasmLimits limits = programs.limits();
    TotalMemory.configure(owner);
    WasmConfig.Builder config = programs.config();
    directories.addTo(config);
    new ApplicationFactory(directives, files, directories).addTo(config);
    ModuleStorage storage = new ModuleStorage(owner, directives, files);
    FreezePlan plan = FreezePlan.of(directives);
    FrozenPrograms kept = plan != null && plan.keeps() ? storage.frozenPrograms() : null;
    LiveProgram program =
        programs.create(
            config, limits, storage.preparedModules(), gateways::complete, plan != null);
    Preload preload = Preload.of(directives);
    WarmUp warmUp = WarmUp.of(owner, directives);
    FileTree webRoot = webRoot();
    GivenDirectories given = directories.register(config);
    boolean made = false;
    try {
      directories.guard(given, storage.folder());
      // Last, for it holds the lock's file.
      Admission admission = new AdmissionFactory(directives, files).create();
      MemoryShare memory = MemoryBudget.shared().share();
      if (plan != null) {
        program.freeze(new Freezing(owner, plan, admission, kept, memory, given, this::freezeLog));
      }
      Route route =
          new Route(
              owner.name(),
              program,
              gateways.create(admission, limits.timeout()),
              GuestPaths.through(config.preopens(), mapped),
              given,
              documentRoot,
              webRoot,
              admission,
              memory,
              new RouteMetrics(owner.identity(program), limits, admission),
              preload,
              warmUp);
      made = true;
      return route;
    } finally {
      if (!made) {
        given.close();
      }
    }
  }

  /** What the standard error of a program goes to that is not serving a request yet. */
  private GuestLog freezeLog() {
    return new GuestLog(LOGGER, () -> owner + " is being frozen:");
  }

  /** Nothing is open until a request asks for something in it. */
  private FileTree webRoot() throws DirectiveException {
    try {
      return files.root() == null ? null : FileTree.of(files.root());
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.MODULE.parameter(), null, "the web application's root is not there: " + e, e);
    }
  }
}
