package org.wasmservlet.route;

import java.io.IOException;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.admission.AdmissionFactory;
import org.wasmservlet.admission.TotalMemory;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.freeze.FreezePlan;
import org.wasmservlet.freeze.Freezing;
import org.wasmservlet.host.GuestPaths;
import org.wasmservlet.host.HostFiles;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.program.LiveProgram;
import org.wasmservlet.program.Preload;
import org.wasmservlet.root.DocumentRoot;
import org.wasmservlet.root.DocumentRootFactory;
import org.wasmservlet.tree.FileTree;
import org.wasmservlet.warmup.WarmUp;

/** Makes a route from init-params, or says which of them is wrong. */
final class RouteFactory {
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
    TotalMemory.configure(owner);
    ModuleStorage storage = new ModuleStorage(owner, directives, files);
    ProgramSetup setup = ProgramSetup.of(owner, directives, files, storage.fetcher());
    FreezePlan plan = setup.freezePlan();
    FrozenPrograms kept = plan == null ? null : storage.frozenPrograms(plan.keeps());
    LiveProgram program = setup.program(storage.preparedModules());
    Preload preload = Preload.of(directives);
    WarmUp warmUp = WarmUp.of(owner, directives);
    FileTree webRoot = webRoot();
    GivenDirectories given = setup.give(storage.folder());
    boolean made = false;
    try {
      // Last, for it holds the lock's file.
      Admission admission = new AdmissionFactory(directives, files).create();
      MemoryShare memory = MemoryBudget.shared().share();
      if (plan != null) {
        program.freeze(
            new Freezing(
                owner, plan, setup.scriptPlan(), admission, kept, memory, given, setup::freezeLog));
      }
      Route route =
          new Route(
              owner.name(),
              program,
              setup.gateways().create(admission, setup.limits().timeout()),
              GuestPaths.through(setup.preopens(), mapped),
              given,
              documentRoot,
              webRoot,
              admission,
              memory,
              new RouteMetrics(owner.identity(program), setup.limits(), admission),
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
