package org.wasmservlet.test.container;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The containers that everything is tested on. Each is started when it is first asked for. */
public enum Container {
  TOMCAT_11(TomcatServer.class, ClassPath::tomcat11, 404),
  TOMCAT_10(TomcatServer.class, ClassPath::tomcat10, 404),
  JETTY_12(JettyServer.class, ClassPath::jetty12, 503),
  /** A library, not a product: what reads web.xml is a part of the tests. */
  UNDERTOW(UndertowServer.class, ClassPath::undertow, 503),
  /** Alone in its JVM: it has JNDI and the URLs of its own there. */
  WILDFLY(WildFlyServer.class, ClassPath::wildfly, 503);

  /** Where all of them are not asked for: names with commas, for whoever looks at one. */
  private static final String ASKED_FOR =
      System.getProperty("test.containers", "TOMCAT_11,TOMCAT_10,JETTY_12");

  private final Class<? extends TestServer> type;
  private final Supplier<List<Path>> jars;
  private final int statusOfUnavailableServlet;
  private TestServer shared;

  Container(
      Class<? extends TestServer> type, Supplier<List<Path>> jars, int statusOfUnavailableServlet) {
    this.type = type;
    this.jars = jars;
    this.statusOfUnavailableServlet = statusOfUnavailableServlet;
  }

  /** Those that tests run on. */
  public static List<Container> askedFor() {
    return Arrays.stream(ASKED_FOR.split(",")).map(Container::valueOf).toList();
  }

  /** What Undertow does differently, WildFly does too. */
  public boolean servesWithUndertow() {
    return this == UNDERTOW || this == WILDFLY;
  }

  /** What the container answers for a servlet that is unavailable for a while. */
  public int statusOfUnavailableServlet() {
    return statusOfUnavailableServlet;
  }

  /** The server that all tests of this JVM share; it has wasm-core in its own class loader. */
  public synchronized TestServer server() throws Exception {
    if (shared == null) {
      TestServer started = start(true, 0);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started)));
      shared = started;
    }
    return shared;
  }

  /** A server of one test's own, on which web applications bring all their jars along. */
  public TestServer startOwn() throws Exception {
    return start(false, 0);
  }

  /**
   * A server of one test's own that has wasm-core in common with the others.
   *
   * @param port 0 for a free one
   */
  public TestServer startSharingCore(int port) throws Exception {
    return start(true, port);
  }

  /**
   * The same, with the directory of one that has been stopped: what that has kept there is found.
   *
   * @param port 0 for a free one
   */
  public TestServer startSharingCore(int port, Path workDirectory) throws Exception {
    return start(true, port, workDirectory);
  }

  private TestServer start(boolean coreIsShared, int port) throws Exception {
    return start(coreIsShared, port, Scratch.directory(name().toLowerCase(Locale.ROOT)));
  }

  private TestServer start(boolean coreIsShared, int port, Path workDirectory) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars.get()) {
      urls.add(url(jar));
    }
    urls.add(url(ClassPath.testClasses()));
    ContainerLoader loader = new ContainerLoader(urls.toArray(new URL[0]), coreIsShared);
    TestServer server = new LoaderBoundary(type, loader);
    server.start(workDirectory, port);
    return server;
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toAbsolutePath().toUri().toURL();
  }

  private static void stop(TestServer server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
