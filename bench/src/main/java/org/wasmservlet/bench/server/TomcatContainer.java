package org.wasmservlet.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * An embedded Tomcat with its defaults, but that a connection is kept for any number of requests.
 */
final class TomcatContainer {
  private TomcatContainer() {}

  /** Starts, and gives the port. */
  static int start(
      Path folder,
      List<GuestServer.Mapping> mappings,
      TomcatFilters filters,
      boolean virtualThreads)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("useVirtualThreads", Boolean.toString(virtualThreads));
    tomcat.setConnector(connector);
    Context context =
        tomcat.addContext("", Files.createDirectories(folder.resolve("app")).toString());
    for (GuestServer.Mapping mapping : mappings) {
      String name = mapping.program().word();
      Wrapper wrapper = Tomcat.addServlet(context, name, mapping.servlet().getName());
      mapping.initParams().forEach(wrapper::addInitParameter);
      wrapper.setLoadOnStartup(1);
      context.addServletMappingDecoded(mapping.pattern(), name);
    }
    filters.addTo(tomcat);
    tomcat.start();
    return connector.getLocalPort();
  }
}
