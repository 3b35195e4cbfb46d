package org.wasmservlet.test.container;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty 12 with its ee10 environment. */
public final class JettyServer implements TestServer {
  private final Server server = new Server();
  private final HttpConfiguration http = new HttpConfiguration();
  // HTTP/1.1, and HTTP/2 where a connection begins with its preface.
  private final ServerConnector connector =
      new ServerConnector(
          server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
  private final ContextHandlerCollection handlers = new ContextHandlerCollection();
  private final Map<String, WebAppContext> contexts = new HashMap<>();
  private Path work;

  /** Made by reflection. */
  public JettyServer() {}

  @Override
  public void start(Path workDirectory, int port) throws Exception {
    work = workDirectory;
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(handlers);
    server.start();
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void deploy(String contextPath, Path webApp, boolean unpack) throws Exception {
    WebAppContext context = new WebAppContext();
    context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
    context.setWar(webApp.toString());
    context.setExtractWAR(unpack);
    context.setTempDirectory(work.resolve("temp" + contextPath.replace('/', '-')).toFile());
    // What the web application shares with its neighbours is the loader that this class is in.
    context.setParentLoaderPriority(true);
    handlers.addHandler(context);
    contexts.put(contextPath, context);
    context.start();
    if (context.getUnavailableException() != null) {
      throw new IllegalStateException(
          contextPath + " did not start", context.getUnavailableException());
    }
  }

  @Override
  public ClassLoader classLoader(String contextPath) {
    return contexts.get(contextPath).getClassLoader();
  }

  @Override
  public void undeploy(String contextPath) throws Exception {
    WebAppContext context = contexts.remove(contextPath);
    context.stop();
    handlers.removeHandler(context);
    context.destroy();
  }

  @Override
  public void stop() throws Exception {
    // A handler that was added while the server ran is not stopped with it.
    for (String contextPath : List.copyOf(contexts.keySet())) {
      undeploy(contextPath);
    }
    server.stop();
  }
}
