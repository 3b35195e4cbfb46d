package org.wasmservlet.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/**
 * Serves the sample on an embedded Tomcat until it is stopped: {@code mvn -Pserve}.
 *
 * <p>Arguments: the web application's directory, a directory for Tomcat's work, the port, and
 * perhaps another web application as {@code path=directory}.
 */
public final class ServeSample {
  private ServeSample() {}

  /**
   * Serves.
   *
   * @param args as above
   */
  public static void main(String[] args) throws Exception {
    Path webapp = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    int port = Integer.parseInt(args[2]);
    refuseBusyPort(port);
    Tomcat tomcat = prepare(webapp, work, port, args.length > 3 ? args[3] : "");

    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat), "stop-sample"));
    Programs programs = new Programs();
    tomcat.start();
    if (!isAvailable(tomcat)) {
      System.err.println("The sample could not be started; the log above says why.");
      System.exit(1);
    }
    System.out.println();
    String url = "    http://localhost:" + tomcat.getConnector().getLocalPort();
    Arrays.stream(tomcat.getHost().findChildren())
        .map(context -> ((Context) context).getPath())
        .sorted()
        .forEach(path -> System.out.println(url + (path.isEmpty() ? "" : path + "/")));
    System.out.println();
    System.out.println("Ctrl-C stops it.");
    programs.tellWhenTheyAreReady();
    tomcat.getServer().await();
  }

  /** A Tomcat with the web applications, to be started. */
  static Tomcat prepare(Path webapp, Path work, int port, String beside) throws IOException {
    Files.createDirectories(work);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(work.toString());
    Connector connector = new Connector();
    connector.setPort(port);
    tomcat.setConnector(connector);
    // Both use this program's wasm-servlet, and so one module for both.
    tomcat.getEngine().setParentClassLoader(ServeSample.class.getClassLoader());
    Context sample = deploy(tomcat, "", webapp);
    if (!beside.isEmpty()) {
      Context second = deployBeside(tomcat, beside);
      sample.addParameter(IndexServlet.WORDPRESS, second.getPath());
    }
    return tomcat;
  }

  private static boolean isAvailable(Tomcat tomcat) {
    return tomcat.getConnector().getState().isAvailable()
        && Arrays.stream(tomcat.getHost().findChildren())
            .allMatch(context -> context.getState().isAvailable());
  }

  private static Context deploy(Tomcat tomcat, String path, Path directory) {
    Context context = tomcat.addWebapp(path, directory.toString());
    context.addLifecycleListener(ServeSample::removeJsp);
    ((StandardContext) context).setDelegate(true);
    return context;
  }

  private static Context deployBeside(Tomcat tomcat, String beside) {
    int equals = beside.indexOf('=');
    return deploy(
        tomcat,
        beside.substring(0, equals),
        Path.of(beside.substring(equals + 1)).toAbsolutePath());
  }

  /** The embedded Tomcat registers a compiler of JSP pages that is not there. */
  private static void removeJsp(LifecycleEvent event) {
    if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
      Context context = (Context) event.getLifecycle();
      context.removeServletMapping("*.jsp");
      context.removeServletMapping("*.jspx");
      context.removeChild(context.findChild("jsp"));
    }
  }

  private static void stop(Tomcat tomcat) {
    System.out.println("Stopping.");
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      System.err.println("Tomcat did not stop cleanly: " + e);
    }
  }

  private static void refuseBusyPort(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      System.err.println(
          "Port "
              + port
              + " is taken ("
              + e.getMessage()
              + "). Choose another: mvn -Pserve -Dport=9090");
      System.exit(1);
    }
  }
}
