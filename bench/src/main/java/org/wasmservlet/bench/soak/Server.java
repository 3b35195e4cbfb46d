package org.wasmservlet.bench.soak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /** Where the sample's build has put them; without, they are left out. */
  private static final Path RUNTIMES = Path.of("../sample-webapp/target/runtimes").toAbsolutePath();

  private static final String PYTHON =
      """
      requests = 0
      def application(environ, start_response):
          global requests
          requests += 1
          start_response("200 OK", [("Content-Type", "text/plain")])
          body = environ["wsgi.input"].read()
          return [f"{requests} {environ['QUERY_STRING']} ".encode(), body]
      """;

  private static final String RUBY =
      """
      $requests = 0
      run lambda { |env|
        $requests += 1
        [200, { "content-type" => "text/plain" },
          ["#{$requests} #{env["QUERY_STRING"]} ", env["rack.input"].read]]
      }
      """;

  private static final String PHP =
      """
      <?php
      static $requests = 0;
      header('Content-Type: text/plain');
      echo ++$requests, ' ', $_SERVER['QUERY_STRING'], ' ', file_get_contents('php://input');
      """;

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
    addFrozen(context);
    tomcat.start();
  }

  /** Programs that are started once. */
  private void addFrozen(Context context) throws IOException {
    Path application = Files.createDirectory(top.resolve("application"));
    Files.writeString(application.resolve("version"), "1");
    String guest = GUESTS.resolve("application.wasm").toAbsolutePath().toString();
    addFrozen(
        context, "frozen", guest, "scgi", "stdin", "WasmMapDir", "/app " + application + " ro");
    if (!hasInterpreters()) {
      return;
    }
    Path folder = Files.createDirectory(top.resolve("interpreted"));
    Files.writeString(folder.resolve("app.py"), PYTHON);
    Files.writeString(folder.resolve("config.ru"), RUBY);
    Files.writeString(folder.resolve("app.php"), PHP);
    String app = "/app " + folder + " ro";
    addFrozen(
        context,
        "python",
        RUNTIMES.resolve("python-3.11.3.wasm").toString(),
        "scgi",
        "stdin",
        "WasmApplication",
        "app:application",
        "WasmEnv",
        "PYTHONHOME /usr/local\nPYTHONDONTWRITEBYTECODE 1",
        "WasmMapDir",
        app + "\n/usr/local " + RUNTIMES.resolve("python-3.11.3/usr/local") + " ro");
    addFrozen(
        context,
        "ruby",
        RUNTIMES.resolve("ruby-3.2.0.wasm").toString(),
        "scgi",
        "stdin",
        "WasmApplication",
        "config.ru",
        "WasmArg",
        "--disable-gems",
        "WasmMapDir",
        app);
    addFrozen(
        context,
        "php",
        RUNTIMES.resolve("php-cgi-8.2.0.wasm").toString(),
        "fastcgi",
        "accept",
        "WasmArg",
        "-b\n9000",
        "WasmDocumentRoot",
        folder.toString(),
        "WasmHandler",
        ".php",
        "WasmMapCGIFileNames",
        "On",
        "WasmMapDir",
        app);
    context.addServletMappingDecoded("/php/*", "php");
  }

  private static boolean hasInterpreters() {
    return Files.exists(RUNTIMES.resolve("python-3.11.3.wasm"));
  }

  private static void addFrozen(
      Context context,
      String name,
      String module,
      String gateway,
      String freeze,
      String... initParams) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "WasmEnableCGI", "On",
                "WasmGateway", gateway,
                "WasmFreeze", freeze,
                "WasmUnfrozen", "Refuse",
                "WasmTimeout", "2m",
                "WasmQueueTimeout", "2m"));
    all.addAll(List.of(initParams));
    add(context, name, module, all.toArray(String[]::new));
  }

  /** What it can be asked for. */
  Request[] answers() {
    Set<Request> interpreted =
        Set.of(Request.FROZEN_PYTHON, Request.FROZEN_RUBY, Request.FROZEN_PHP);
    Stream<Request> wanted =
        Boolean.getBoolean("frozen")
            ? Stream.concat(Stream.of(Request.FROZEN_C), interpreted.stream())
            : Arrays.stream(Request.values());
    return wanted
        .filter(request -> hasInterpreters() || !interpreted.contains(request))
        .toArray(Request[]::new);
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
