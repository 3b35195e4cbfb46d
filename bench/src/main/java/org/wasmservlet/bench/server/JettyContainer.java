package org.wasmservlet.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An embedded Jetty with its defaults. */
final class JettyContainer {
  private JettyContainer() {}

  /** Starts, and gives the port. */
  static int start(Path folder, List<GuestServer.Mapping> mappings) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.setBaseResourceAsPath(Files.createDirectories(folder.resolve("app")));
    context.setTempDirectory(Files.createDirectories(folder.resolve("temp")).toFile());
    for (GuestServer.Mapping mapping : mappings) {
      ServletHolder holder = new ServletHolder(mapping.program().word(), mapping.servlet());
      mapping.initParams().forEach(holder::setInitParameter);
      holder.setInitOrder(1);
      context.addServlet(holder, mapping.pattern());
    }
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }
}
