package org.wasmservlet.test.container;

import java.nio.file.Path;

/** A running container. Its implementations are loaded apart; this is what they have in common. */
public interface TestServer {
  /**
   * Starts on the loopback interface.
   *
   * @param port 0 for a free one
   */
  void start(Path workDirectory, int port) throws Exception;

  int port();

  /**
   * Deploys an exploded directory or a packed archive.
   *
   * @param unpack whether the container unpacks an archive
   */
  void deploy(String contextPath, Path webApp, boolean unpack) throws Exception;

  /** The class loader of a deployed web application. */
  ClassLoader classLoader(String contextPath);

  void undeploy(String contextPath) throws Exception;

  void stop() throws Exception;
}
