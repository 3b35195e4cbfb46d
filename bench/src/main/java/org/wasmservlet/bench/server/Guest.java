package org.wasmservlet.bench.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.wasmservlet.WasmServlet;

/**
 * A WebAssembly program and what it is given: the same for mod_wasm and for us.
 *
 * @param program what it answers for
 * @param module its file
 * @param arguments after its name
 * @param environment {@code NAME value}
 * @param directories {@code guest-path host-directory}
 */
record Guest(
    Program program,
    Path module,
    List<String> arguments,
    List<String> environment,
    List<String> directories) {
  /** All of them. */
  static List<Guest> all(Site site) {
    return List.of(
        new Guest(
            Program.PHP,
            site.runtimes().resolve("php-cgi-8.2.0.wasm"),
            List.of(),
            List.of(),
            List.of("/app " + site.scripts().resolve("php"))),
        new Guest(
            Program.PYTHON,
            site.runtimes().resolve("python-3.11.3.wasm"),
            List.of("/app/hello.py"),
            List.of("PYTHONHOME /usr/local", "PYTHONDONTWRITEBYTECODE 1"),
            List.of(
                "/usr/local " + site.runtimes().resolve("python-3.11.3/usr/local"),
                "/app " + site.scripts())),
        framework(Program.FLASK, site),
        framework(Program.DJANGO, site),
        new Guest(
            Program.RUBY,
            site.runtimes().resolve("ruby-3.2.0.wasm"),
            List.of("--disable-gems", "/app/hello.rb"),
            List.of(),
            List.of("/app " + site.scripts())),
        small(Program.SMALL, site.sampleGuest("hello-c.wasm")),
        small(Program.RESPONSE, site.guest("response.wasm")),
        small(Program.UPLOAD, site.guest("upload.wasm")),
        small(Program.NOTHING, site.guest("nothing.wasm")));
  }

  private static Guest framework(Program program, Site site) {
    return new Guest(
        program,
        site.runtimes().resolve("python-3.11.3.wasm"),
        List.of(),
        List.of("PYTHONHOME /usr/local", "PYTHONDONTWRITEBYTECODE 1", "PYTHONPATH /frameworks"),
        List.of(
            "/usr/local " + site.runtimes().resolve("python-3.11.3/usr/local"),
            "/frameworks " + site.frameworks(),
            "/app " + site.scripts()));
  }

  private static Guest small(Program program, Path module) {
    return new Guest(program, module, List.of(), List.of(), List.of());
  }

  /** As init-params of our servlet. */
  Map<String, String> initParams(Site site) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(WasmServlet.MODULE, module.toString());
    params.put(WasmServlet.ARG, String.join("\n", arguments));
    params.put(WasmServlet.ENV, String.join("\n", environment));
    // None of them writes, and they share folders: to write in, one must not lie in another's.
    params.put(
        WasmServlet.MAP_DIR,
        directories.stream().map(pair -> pair + " ro").collect(Collectors.joining("\n")));
    params.put(WasmServlet.ENABLE_CGI, "On");
    params.put(WasmServlet.MAP_CGI_FILE_NAMES, "On");
    // Nobody is turned away, as nobody is by httpd.
    params.put(WasmServlet.QUEUE_TIMEOUT, "2m");
    params.put(WasmServlet.TIMEOUT, "2m");
    if (program == Program.PHP) {
      params.put(WasmServlet.DOCUMENT_ROOT, site.scripts().resolve("php").toString());
      params.put(WasmServlet.HANDLER, ".php");
    }
    if (program.isFramework()) {
      params.put(WasmServlet.APPLICATION, application());
      params.put(WasmServlet.GATEWAY, "scgi");
    }
    params.values().removeIf(String::isEmpty);
    return params;
  }

  /** The same for a program that is started once and resumed for each request. */
  Map<String, String> frozenInitParams(Site site) {
    Map<String, String> params = initParams(site);
    params.put(WasmServlet.UNFROZEN, "Refuse");
    if (program == Program.PHP) {
      params.put(WasmServlet.ARG, "-b\n9000");
      params.put(WasmServlet.GATEWAY, "fastcgi");
      params.put(WasmServlet.FREEZE, "accept");
      return params;
    }
    params.remove(WasmServlet.ARG);
    params.put(WasmServlet.APPLICATION, application());
    params.put(WasmServlet.GATEWAY, "scgi");
    params.put(WasmServlet.FREEZE, "stdin");
    return params;
  }

  private String application() {
    return switch (program) {
      case PYTHON -> "application:hello";
      case FLASK -> "shop:application";
      case DJANGO -> "blog:application";
      case RUBY -> "/app/application.ru";
      default -> throw new IllegalStateException(program + " is no application");
    };
  }

  /** As a block of mod_wasm's configuration. */
  String locationBlock() {
    StringBuilder block = new StringBuilder("<Location " + program.path + ">\n");
    block.append("  SetHandler wasm-handler\n  WasmModule ").append(module).append('\n');
    arguments.forEach(argument -> block.append("  WasmArg ").append(argument).append('\n'));
    environment.forEach(variable -> block.append("  WasmEnv ").append(variable).append('\n'));
    directories.forEach(pair -> block.append("  WasmMapDir ").append(pair).append('\n'));
    return block.append("  WasmEnableCGI On\n  WasmMapCGIFileNames On\n</Location>\n").toString();
  }
}
