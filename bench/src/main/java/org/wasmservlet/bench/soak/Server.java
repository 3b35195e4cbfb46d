package org.wasmservlet.bench.soak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.wasmservlet.WasmServlet;

/** Tomcat with a servlet for every kind of guest. */
final class Server implements Closeable {
  static final String SECRET = "top secret";

  private static final Path GUESTS = Path.of("../src/test/guests");
  private static final Path CORE_GUESTS = Path.of("../wasm-core/src/test/resources/guests");

  private final Tomcat tomcat = new Tomcat();
  private final Path top;

  Server(int threads) throws IOException, LifecycleException {
    top = Files.createTempDirectory("soak");
    Path outside = Files.createDirectory(top.resolve("outside"));
    Files.writeString(outside.resolve("secret"), SECRET);
    Path root = Files.createDirectory(top.resolve("root"));
    Files.writeString(root.resolve("mine"), "mine");
    Files.createSymbolicLink(root.resolve("out"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("secret"), Path.of("../outside/secret"));

    tomcat.setBaseDir(Files.createDirectory(top.resolve("tomcat")).toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("connectionTimeout", "3000");
    connector.setProperty("maxThreads", Integer.toString(threads));
    connector.setProperty("minSpareThreads", Integer.toString(threads));
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", Files.createDirectory(top.resolve("app")).toString());
    String probe = GUESTS.resolve("cgi-probe.wasm").toAbsolutePath().toString();
    String hostile = GUESTS.resolve("hostile.wasm").toAbsolutePath().toString();
    String spin = CORE_GUESTS.resolve("trap.wasm").toAbsolutePath().toString();
    // Every client may wait: an answer that does not come would be a wrong one.
    add(context, "good", probe, "WasmEnableCGI", "On", "WasmQueueTimeout", "2m");
    add(context, "other", probe, "WasmEnableCGI", "On", "WasmTimeout", "1s");
    add(context, "late", spin, "WasmEntryPoint", "spin", "WasmTimeout", "100ms");
    add(
        context,
        "hostile",
        hostile,
        "WasmEnableCGI",
        "On",
        "WasmMapDir",
        "/ " + root + " ro",
        "WasmTimeout",
        "1s",
        "WasmMemoryLimit",
        "64MB",
        "WasmMaxOutput",
        "1MB");
    add(
        context,
        "greedy",
        hostile,
        "WasmEnableCGI",
        "On",
        "WasmMapDir",
        "/ tmp:",
        "WasmTimeout",
        "1s",
        "WasmMaxWritten",
        "1MB",
        "WasmMemoryLimit",
        "64MB");
    tomcat.start();
  }

  private static void add(Context context, String name, String module, String... initParams) {
    Wrapper wrapper = Tomcat.addServlet(context, name, WasmServlet.class.getName());
    wrapper.addInitParameter(WasmServlet.MODULE, module);
    for (int i = 0; i < initParams.length; i += 2) {
      wrapper.addInitParameter(initParams[i], initParams[i + 1]);
    }
    wrapper.setLoadOnStartup(1);
    context.addServletMappingDecoded("/" + name, name);
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** Whether what is outside of the guests' directories is as it was. */
  boolean isOutsideUnchanged() throws IOException {
    try (var files = Files.walk(top.resolve("outside"))) {
      return files.count() == 2
          && Files.readString(top.resolve("outside/secret")).equals(SECRET)
          && Files.readString(top.resolve("root/mine")).equals("mine");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException(e);
    }
  }
}
