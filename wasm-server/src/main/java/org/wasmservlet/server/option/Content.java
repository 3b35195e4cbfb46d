package org.wasmservlet.server.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a server serves. Immutable. */
public sealed interface Content {
  /**
   * One program, at every URL.
   *
   * @param initParams of its servlet
   * @param origins by the name of an init-param, what of the command line it is from
   */
  record Program(Map<String, String> initParams, Map<String, String> origins) implements Content {
    /**
     * Copies both.
     *
     * @param initParams of its servlet
     * @param origins by the name of an init-param, what of the command line it is from
     */
    public Program {
      initParams = Map.copyOf(initParams);
      origins = Map.copyOf(origins);
    }
  }

  /**
   * The blocks of a configuration file.
   *
   * @param file as it was given; a file that can be read
   */
  record Blocks(Path file) implements Content {}

  /**
   * Web applications, with descriptors of their own.
   *
   * @param all at least one, each at a path of its own
   */
  record WebApps(List<WebApp> all) implements Content {
    /**
     * Copies it.
     *
     * @param all at least one
     */
    public WebApps {
      all = List.copyOf(all);
    }
  }

  /**
   * A web application.
   *
   * @param contextPath empty for the root; else it begins with a slash and does not end with one
   * @param directory its root; absolute
   */
  record WebApp(String contextPath, Path directory) {}
}
