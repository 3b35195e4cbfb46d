package org.wasmservlet.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Frameworks;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;

/**
 * A site on each container, made once for all tests: started once at /once, and for each request at
 * /anew.
 */
final class FrameworkSites implements AutoCloseable {
  private final Map<Container, WebApp.Deployed> deployed = new EnumMap<>(Container.class);
  private final InitParams initParams;

  FrameworkSites(InitParams initParams) {
    this.initParams = initParams;
  }

  /** What a servlet is made of. */
  @FunctionalInterface
  interface InitParams {
    /**
     * Those of a site.
     *
     * @param data a directory of its own
     * @param more what is added to them
     */
    String[] of(Path data, String... more) throws Exception;
  }

  /**
   * A site in Python.
   *
   * @param folder of tests' applications
   * @param application its WasmApplication
   * @param packages that it needs
   */
  static InitParams python(String folder, String application, String... packages) {
    return (data, more) ->
        Interpreters.python(
            folder,
            with(
                more,
                "WasmApplication",
                application,
                "WasmEnv",
                "PYTHONPATH /lib",
                "WasmMapDir",
                directories(Frameworks.python(packages), data)));
  }

  /** A site in Ruby. */
  static InitParams ruby(String folder, String... files) {
    return (data, more) ->
        Interpreters.ruby(
            folder,
            with(
                more,
                "WasmApplication",
                "config.ru",
                "WasmEnv",
                "RUBYLIB /lib",
                "WasmMapDir",
                directories(Frameworks.ruby(files), data)));
  }

  private static String directories(Path frameworks, Path data) {
    return "/lib \"%s\" ro\n/data \"%s\"\n/tmp tmp:".formatted(frameworks, data);
  }

  private static String[] with(String[] more, String... params) {
    List<String> all = new ArrayList<>(List.of("WasmGateway", "scgi"));
    all.addAll(List.of(params));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  FrameworkSite once(Container container) throws Exception {
    return at(container, "/once");
  }

  FrameworkSite anew(Container container) throws Exception {
    return at(container, "/anew");
  }

  private synchronized FrameworkSite at(Container container, String path) throws Exception {
    WebApp.Deployed app = deployed.get(container);
    if (app == null) {
      Path data = Scratch.directory("site");
      app =
          new WebApp()
              .servlet("anew", "/anew/*", initParams.of(data))
              .servlet(
                  "once",
                  "/once/*",
                  initParams.of(data, "WasmFreeze", "stdin", "WasmUnfrozen", "Refuse"))
              .deploy(container.server());
      deployed.put(container, app);
    }
    return new FrameworkSite(new ApplicationClient(app, path));
  }

  @Override
  public void close() {
    deployed.values().forEach(WebApp.Deployed::close);
  }
}
