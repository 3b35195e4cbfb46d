package org.wasmservlet.test.container;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Makes and calls a server with its own class loader as the thread's: containers load classes by
 * that.
 */
final class LoaderBoundary implements TestServer {
  private final TestServer server;
  private final ClassLoader loader;

  LoaderBoundary(Class<? extends TestServer> type, ClassLoader loader) throws Exception {
    this.loader = loader;
    this.server =
        inside(
            () ->
                (TestServer)
                    loader.loadClass(type.getName()).getDeclaredConstructor().newInstance());
  }

  @Override
  public void start(Path workDirectory, int port) throws Exception {
    inside(
        () -> {
          server.start(workDirectory, port);
          return null;
        });
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void deploy(String contextPath, Path webApp, boolean unpack) throws Exception {
    inside(
        () -> {
          server.deploy(contextPath, webApp, unpack);
          return null;
        });
  }

  @Override
  public ClassLoader classLoader(String contextPath) {
    return server.classLoader(contextPath);
  }

  @Override
  public void undeploy(String contextPath) throws Exception {
    inside(
        () -> {
          server.undeploy(contextPath);
          return null;
        });
  }

  @Override
  public void stop() throws Exception {
    inside(
        () -> {
          server.stop();
          return null;
        });
  }

  private <T> T inside(Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
