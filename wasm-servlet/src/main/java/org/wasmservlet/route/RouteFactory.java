package org.wasmservlet.route;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.tree.FileTree;

/** Makes a route from init-params, or says which of them is wrong. */
final class RouteFactory {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final Directives directives;
  private final HostFiles files;
  private final RouteOwner owner;
  private final DirectoryFactory directories;

  private RouteFactory(RouteOwner owner) throws DirectiveException {
    this.owner = owner;
    this.files = new HostFiles(owner.context());
    this.directives = Directives.read(owner.initParams());
    this.directories = new DirectoryFactory(directives, files, owner);
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
    boolean cgi = directives.isOn(Directive.ENABLE_CGI);
    boolean mapped = directives.isOn(Directive.MAP_CGI_FILE_NAMES);
    boolean passAuthorization = directives.isOn(Directive.CGI_PASS_AUTH);
    long maxRequestBody = directives.bytes(Directive.MAX_REQUEST_BODY);
    WasmLimits limits = limits();
    TotalMemory.configure(owner);
    WasmConfig.Builder config = config();
    ModuleStorage storage = new ModuleStorage(owner, directives, files);
    LiveProgram program = program(config, limits, storage.preparedModules());
    Preload preload = Preload.of(directives);
    WarmUp warmUp = WarmUp.of(owner, directives);
    FileTree webRoot = webRoot();
    GivenDirectories given = directories.register(config);
    boolean made = false;
    try {
      directories.guard(given, storage.folder());
      // Last, for it holds the lock's file.
      Admission admission = new AdmissionFactory(directives, files).create();
      Route route =
          new Route(
              owner.name(),
              program,
              cgi,
              new GuestPaths(hostDirectories(config), mapped),
              given,
              documentRoot,
              webRoot,
              new MetaVariables(owner.context().getServerInfo(), passAuthorization),
              admission,
              MemoryBudget.shared().share(),
              new RouteMetrics(owner.identity(program), limits, admission),
              preload,
              warmUp,
              limits.timeout(),
              maxRequestBody,
              files.temporaryDirectory());
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

  private LiveProgram program(
      WasmConfig.Builder config, WasmLimits limits, PreparedModules prepared)
      throws DirectiveException {
    String name = directives.value(Directive.MODULE);
    if (name == null) {
      throw new DirectiveException(
          Directive.MODULE.parameter(), null, "missing; it names the .wasm file to run");
    }
    boolean reload = directives.isOn(Directive.RELOAD);
    Path file;
    try {
      file = files.file(name);
    } catch (IOException e) {
      throw new DirectiveException(Directive.MODULE.parameter(), name, e.getMessage(), e);
    }
    return new LiveProgram(
        owner,
        file,
        () -> load(name, file, prepared, config, limits),
        reload ? new ModuleWatch(file, System::nanoTime) : null);
  }

  private WasmConfig load(
      String name,
      Path file,
      PreparedModules prepared,
      WasmConfig.Builder config,
      WasmLimits limits)
      throws DirectiveException {
    // Before it is loaded: a large module takes half a minute, and silence looks like a hang.
    LOGGER.log(Level.INFO, "{0} loads {1}", owner, file);
    WasmModule module;
    try {
      module = ModuleCache.shared().load(file, prepared);
    } catch (IOException e) {
      throw new DirectiveException(Directive.MODULE.parameter(), name, e.getMessage(), e);
    }
    boolean made = false;
    try {
      WasmConfig complete = complete(config.forModule(module), limits);
      made = true;
      return complete;
    } finally {
      if (!made) {
        module.close();
      }
    }
  }

  private WasmLimits limits() throws DirectiveException {
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

  /** What does not depend on the module. */
  private WasmConfig.Builder config() throws DirectiveException {
    WasmConfig.Builder builder = WasmConfig.builder();
    for (List<String> words : directives.all(Directive.ARG)) {
      apply(Directive.ARG, words, () -> builder.argument(words.get(0)));
    }
    for (List<String> words : directives.all(Directive.ENV)) {
      apply(Directive.ENV, words, () -> builder.environment(words.get(0), words.get(1)));
    }
    directories.addTo(builder);
    return builder;
  }

  private WasmConfig complete(WasmConfig.Builder builder, WasmLimits limits)
      throws DirectiveException {
    String entryPoint = directives.value(Directive.ENTRY_POINT);
    apply(Directive.ENTRY_POINT, List.of(entryPoint), () -> builder.entryPoint(entryPoint));
    apply(
        Directive.MEMORY_LIMIT,
        List.of(directives.value(Directive.MEMORY_LIMIT)),
        () -> builder.limits(limits));
    return builder.build();
  }

  /** The directories whose files the guest can be told of; in a private one there are none yet. */
  private static Map<String, Path> hostDirectories(WasmConfig.Builder config) {
    Map<String, Path> directories = new LinkedHashMap<>();
    for (Preopen preopen : config.preopens()) {
      if (preopen.access() != Preopen.Access.PRIVATE) {
        directories.put(preopen.guestPath(), preopen.hostDirectory());
      }
    }
    return directories;
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
