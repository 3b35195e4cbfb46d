package org.wasmservlet.server.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is to be served: a module, a configuration file or web applications. */
final class ContentReader {
  private final Arguments arguments;

  ContentReader(Arguments arguments) {
    this.arguments = arguments;
  }

  Content read() throws UsageException {
    int kinds =
        (arguments.modules.isEmpty() ? 0 : 1)
            + (arguments.config == null ? 0 : 1)
            + (arguments.webApps.isEmpty() ? 0 : 1);
    if (kinds == 0) {
      throw new UsageException(
          "there is nothing to serve: name a MODULE.wasm, -f FILE or --webapp DIR");
    }
    if (kinds > 1) {
      throw new UsageException("only one of MODULE.wasm, -f and --webapp can be served");
    }
    if (!arguments.modules.isEmpty()) {
      return program();
    }
    refuseWhatIsTheModules();
    return arguments.config == null ? new Content.WebApps(webApps()) : new Content.Blocks(config());
  }

  private Content program() throws UsageException {
    if (arguments.modules.size() > 1) {
      throw new UsageException(
          "MODULE.wasm",
          arguments.modules.get(1),
          "only one module can be served; -f has room for more");
    }
    return new ProgramReader(arguments).read();
  }

  /** What a message names is absolute only where it was so. */
  private Path config() throws UsageException {
    Given.file("-f", arguments.config);
    return Path.of(arguments.config);
  }

  private void refuseWhatIsTheModules() throws UsageException {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("--root", arguments.root != null);
    given.put("--write", arguments.write);
    given.put("--map-dir", !arguments.mapDirs.isEmpty());
    given.put("--env", !arguments.environment.isEmpty());
    given.put("--arg", !arguments.arguments.isEmpty());
    given.put("--directive", !arguments.directives.isEmpty());
    for (Map.Entry<String, Boolean> option : given.entrySet()) {
      if (option.getValue()) {
        throw new UsageException(
            option.getKey(),
            null,
            "goes with a MODULE.wasm; "
                + (arguments.config == null ? "a web application" : "the file of -f")
                + " has directives of its own");
      }
    }
  }

  private List<Content.WebApp> webApps() throws UsageException {
    List<Content.WebApp> found = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (String given : arguments.webApps) {
      // A directory whose path begins with a slash and has an = in it needs the /= before it.
      int equals = given.startsWith("/") ? given.indexOf('=') : -1;
      String path = equals < 0 ? "" : contextPath(given, given.substring(0, equals));
      Path directory = Given.directory("--webapp", given, given.substring(equals + 1));
      if (!Files.isDirectory(directory.resolve("WEB-INF"))) {
        throw new UsageException("--webapp", given, "has no WEB-INF");
      }
      if (!paths.add(path)) {
        throw new UsageException(
            "--webapp", given, "there is one at " + (path.isEmpty() ? "/" : path) + " already");
      }
      found.add(new Content.WebApp(path, directory));
    }
    return found;
  }

  private static String contextPath(String given, String path) throws UsageException {
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!bare.isEmpty() && !bare.matches("(/[\\w-][\\w.-]*)+")) {
      throw new UsageException(
          "--webapp", given, "PATH must be of letters, digits, dots, - and _, such as /shop");
    }
    return bare;
  }
}
