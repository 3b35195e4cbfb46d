package org.wasmservlet.route;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.directive.DirectoryLine;

/** Makes a route from a servlet's init-params, or says which of them is wrong. */
final class RouteFactory {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final Directives directives;
  private final HostFiles files;
  private final ServletContext context;
  private final String servletName;

  private RouteFactory(ServletConfig servlet) throws DirectiveException {
    this.context = servlet.getServletContext();
    this.servletName = servlet.getServletName();
    this.files = new HostFiles(context);
    this.directives = Directives.read(initParams(servlet));
  }

  /**
   * Makes a route. What can be checked without loading the module is checked before.
   *
   * @throws DirectiveException if an init-param cannot be used; nothing is held then
   */
  static Route create(ServletConfig servlet) throws DirectiveException {
    return new RouteFactory(servlet).create();
  }

  private Route create() throws DirectiveException {
    boolean cgi = directives.isOn(Directive.ENABLE_CGI);
    boolean mapped = directives.isOn(Directive.MAP_CGI_FILE_NAMES);
    boolean passAuthorization = directives.isOn(Directive.CGI_PASS_AUTH);
    long maxRequestBody = directives.bytes(Directive.MAX_REQUEST_BODY);
    DocumentRoot documentRoot = documentRoot(cgi);
    WasmLimits limits = limits();
    Admission admission = admission();
    WasmModule module = loadModule();
    boolean made = false;
    try {
      WasmConfig config = config(module, limits);
      Route route =
          new Route(
              servletName,
              config,
              cgi,
              new GuestPaths(hostDirectories(config), mapped),
              documentRoot,
              files.root(),
              new MetaVariables(context.getServerInfo(), passAuthorization),
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
      LOGGER.log(Level.INFO, "servlet ''{0}'' loads {1}", servletName, file);
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
    preopen(Directive.DIR, builder);
    preopen(Directive.MAP_DIR, builder);
    String entryPoint = directives.value(Directive.ENTRY_POINT);
    apply(Directive.ENTRY_POINT, List.of(entryPoint), () -> builder.entryPoint(entryPoint));
    apply(
        Directive.MEMORY_LIMIT,
        List.of(directives.value(Directive.MEMORY_LIMIT)),
        () -> builder.limits(limits));
    return builder.build();
  }

  private void preopen(Directive directive, WasmConfig.Builder builder) throws DirectiveException {
    for (List<String> words : directives.all(directive)) {
      DirectoryLine line = DirectoryLine.of(directive, words);
      Path host;
      Preopen.Access access;
      if (directive == Directive.MAP_DIR && line.isPrivate()) {
        host = files.temporaryDirectory();
        access = Preopen.Access.PRIVATE;
      } else {
        host = directory(directive, words, line.hostDirectory());
        access = line.readOnly() ? Preopen.Access.READ_ONLY : Preopen.Access.READ_WRITE;
      }
      apply(directive, words, () -> builder.preopen(line.guestPath(), host, access));
    }
  }

  /** The directories whose files the guest can be told of; in a private one there are none yet. */
  private static Map<String, Path> hostDirectories(WasmConfig config) {
    Map<String, Path> directories = new LinkedHashMap<>();
    for (Preopen preopen : config.preopens()) {
      if (preopen.access() != Preopen.Access.PRIVATE) {
        directories.put(preopen.guestPath(), preopen.hostDirectory());
      }
    }
    return directories;
  }

  private DocumentRoot documentRoot(boolean cgi) throws DirectiveException {
    List<String> words = directives.words(Directive.DOCUMENT_ROOT);
    List<String> indexes = directives.words(Directive.DIRECTORY_INDEX);
    List<String> handlers = directives.words(Directive.HANDLER);
    if (words.isEmpty()) {
      refuseWithoutDocumentRoot(Directive.DIRECTORY_INDEX, indexes);
      refuseWithoutDocumentRoot(Directive.HANDLER, handlers);
      return null;
    }
    String parameter = Directive.DOCUMENT_ROOT.parameter();
    if (!cgi) {
      throw new DirectiveException(
          parameter, words.get(0), "needs " + Directive.ENABLE_CGI.parameter() + " On");
    }
    for (String index : indexes) {
      if (index.indexOf('/') >= 0) {
        throw new DirectiveException(
            Directive.DIRECTORY_INDEX.parameter(), index, "must be a file's name, not a path");
      }
    }
    List<String> suffixes = handlers.isEmpty() ? suffixesOf(indexes) : withDots(handlers);
    if (suffixes.isEmpty()) {
      throw new DirectiveException(
          parameter,
          words.get(0),
          "which files are programs? Give "
              + Directive.DIRECTORY_INDEX.parameter()
              + " (for example index.php) or "
              + Directive.HANDLER.parameter()
              + " (for example .php)");
    }
    return new DocumentRoot(
        directory(Directive.DOCUMENT_ROOT, words, words.get(0)), indexes, suffixes);
  }

  private static void refuseWithoutDocumentRoot(Directive directive, List<String> words)
      throws DirectiveException {
    if (!words.isEmpty()) {
      throw new DirectiveException(
          directive.parameter(),
          String.join(" ", words),
          "has no effect without " + Directive.DOCUMENT_ROOT.parameter());
    }
  }

  private static List<String> suffixesOf(List<String> indexes) {
    List<String> suffixes = new ArrayList<>();
    for (String index : indexes) {
      int dot = index.lastIndexOf('.');
      // An index.html among the indexes is a page, not a program.
      if (dot >= 0 && !index.endsWith(".html") && !index.endsWith(".htm")) {
        suffixes.add(index.substring(dot));
      }
    }
    return suffixes;
  }

  private static List<String> withDots(List<String> handlers) {
    return handlers.stream().map(s -> s.startsWith(".") ? s : "." + s).toList();
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

  private static Map<String, String> initParams(ServletConfig servlet) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String name : Collections.list(servlet.getInitParameterNames())) {
      params.put(name, servlet.getInitParameter(name));
    }
    return params;
  }
}
