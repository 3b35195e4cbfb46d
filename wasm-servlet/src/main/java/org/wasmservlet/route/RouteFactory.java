package org.wasmservlet.route;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

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
   * Makes a route. What can be checked without loading the module is checked before.
   *
   * @throws DirectiveException if an init-param cannot be used; nothing is held then
   */
  static Route create(RouteOwner owner) throws DirectiveException {
    return new RouteFactory(owner).create();
  }

  private Route create() throws DirectiveException {
    boolean cgi = directives.isOn(Directive.ENABLE_CGI);
    boolean mapped = directives.isOn(Directive.MAP_CGI_FILE_NAMES);
    boolean passAuthorization = directives.isOn(Directive.CGI_PASS_AUTH);
    long maxRequestBody = directives.bytes(Directive.MAX_REQUEST_BODY);
    DocumentRoot documentRoot = new DocumentRootFactory(directives, files, owner).create();
    WasmLimits limits = limits();
    Admission admission = admission();
    WasmModule module = loadModule();
    boolean made = false;
    try {
      WasmConfig config = config(module, limits);
      Route route =
          new Route(
              owner.name(),
              config,
              cgi,
              new GuestPaths(config.preopens(), mapped),
              documentRoot,
              files.root(),
              new MetaVariables(owner.context().getServerInfo(), passAuthorization),
              admission,
              maxRequestBody,
              files.temporaryDirectory());
      made = true;
      return route;
    } finally {
      if (!made) {
        module.close();
      }
    }
  }

  private WasmModule loadModule() throws DirectiveException {
    String parameter = Directive.MODULE.parameter();
    String name = directives.value(Directive.MODULE);
    if (name == null) {
      throw new DirectiveException(parameter, null, "missing; it names the .wasm file to run");
    }
    try {
      Path file = files.file(name);
      // Before it is loaded: a large module takes half a minute, and silence looks like a hang.
      LOGGER.log(Level.INFO, "{0} loads {1}", owner, file);
      return ModuleCache.shared().load(file);
    } catch (IOException e) {
      throw new DirectiveException(parameter, name, e.getMessage(), e);
    }
  }

  private WasmLimits limits() throws DirectiveException {
    WasmLimits limits =
        WasmLimits.DEFAULT
            .withMemory(directives.bytes(Directive.MEMORY_LIMIT))
            .withOutput(directives.bytes(Directive.MAX_OUTPUT));
    limits = limit(Directive.TIMEOUT, limits::withTimeout, directives.duration(Directive.TIMEOUT));
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

  private Admission admission() throws DirectiveException {
    int maxConcurrent =
        directives.value(Directive.MAX_CONCURRENT) == null
            ? 2 * Runtime.getRuntime().availableProcessors()
            : directives.count(Directive.MAX_CONCURRENT, 1);
    return new Admission(
        maxConcurrent,
        directives.count(Directive.MAX_QUEUE, 0),
        directives.duration(Directive.QUEUE_TIMEOUT));
  }

  private WasmConfig config(WasmModule module, WasmLimits limits) throws DirectiveException {
    WasmConfig.Builder builder = WasmConfig.builder(module);
    for (List<String> words : directives.all(Directive.ARG)) {
      apply(Directive.ARG, words, () -> builder.argument(words.get(0)));
    }
    for (List<String> words : directives.all(Directive.ENV)) {
      apply(Directive.ENV, words, () -> builder.environment(words.get(0), words.get(1)));
    }
    for (List<String> words : directives.all(Directive.DIR)) {
      // Under its own name: what is written is what the guest sees.
      Path host = directory(Directive.DIR, words, words.get(0));
      apply(Directive.DIR, words, () -> builder.preopen(words.get(0), host));
    }
    for (List<String> words : directives.all(Directive.MAP_DIR)) {
      Path host = directory(Directive.MAP_DIR, words, words.get(1));
      apply(Directive.MAP_DIR, words, () -> builder.preopen(words.get(0), host));
    }
    String entryPoint = directives.value(Directive.ENTRY_POINT);
    apply(Directive.ENTRY_POINT, List.of(entryPoint), () -> builder.entryPoint(entryPoint));
    apply(
        Directive.MEMORY_LIMIT,
        List.of(directives.value(Directive.MEMORY_LIMIT)),
        () -> builder.limits(limits));
    return builder.build();
  }

  private Path directory(Directive directive, List<String> words, String name)
      throws DirectiveException {
    try {
      return files.directory(name);
    } catch (IOException e) {
      throw new DirectiveException(
          directive.parameter(), String.join(" ", words), e.getMessage(), e);
    }
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
