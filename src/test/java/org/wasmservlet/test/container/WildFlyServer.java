package org.wasmservlet.test.container;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;
import org.wildfly.core.embedded.Configuration;
import org.wildfly.core.embedded.EmbeddedProcessFactory;
import org.wildfly.core.embedded.StandaloneServer;

/**
 * WildFly as the build has provisioned it, with what serves web applications and no more. It runs
 * in this JVM, and has the class loaders and the virtual files that it has elsewhere.
 */
public final class WildFlyServer implements TestServer {
  /** What it is told things by: the same classes on both sides. */
  private static final List<String> CLIENT =
      List.of("org.jboss.as.controller.client", "org.jboss.dmr");

  private static final Map<String, String> DIRECTORIES =
      Map.of(
          "config", "configuration",
          "data", "data",
          "content", "data/content",
          "deploy", "data/content",
          "log", "log",
          "temp", "tmp");

  private final Set<String> deployed = new HashSet<>();
  private StandaloneServer server;
  private ModelControllerClient client;
  private int port;

  /** Made by reflection. */
  public WildFlyServer() {}

  @Override
  public void start(Path workDirectory, int wanted) throws Exception {
    Path base = workDirectory.resolve("standalone");
    configure(base.resolve("configuration"));
    tellWhereAllIs(base);
    server =
        EmbeddedProcessFactory.createStandaloneServer(
            Configuration.Builder.of(ClassPath.WILDFLY)
                .setSystemPackages(packagesFromOutside())
                .addCommandArguments(
                    "-Djboss.http.port=" + wanted,
                    // A server in the directory of another deploys what it is told to, not the
                    // same.
                    "--read-only-server-config=standalone.xml")
                .build());
    Set<ObjectName> before = addresses();
    server.start();
    client = server.getModelControllerClient();
    Set<ObjectName> listening = addresses();
    listening.removeAll(before);
    String address = listening.iterator().next().getKeyProperty("address");
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1, address.length() - 1));
  }

  /**
   * WildFly says which port it was told to listen at; its library for sockets says at which it
   * does.
   */
  private static Set<ObjectName> addresses() throws JMException {
    return new HashSet<>(
        ManagementFactory.getPlatformMBeanServer()
            .queryNames(new ObjectName("org.xnio:type=Xnio,address=*,*"), null));
  }

  private static void configure(Path configuration) throws IOException {
    if (Files.exists(configuration)) {
      return;
    }
    Files.createDirectories(configuration);
    Scratch.copy(ClassPath.WILDFLY.resolve("standalone/configuration"), configuration);
    Path file = configuration.resolve("standalone.xml");
    String xml = Files.readString(file);
    // Else a filter that cannot start lets the application start, and its first requests.
    xml =
        within(xml, "<servlet-container name=\"default\"", " eager-filter-initialization=\"true\"");
    // Else security constraints of an application that names no domain guard nothing.
    xml =
        within(
            xml,
            "<subsystem xmlns=\"urn:jboss:domain:undertow:community:14.0\"",
            " default-security-domain=\"other\"");
    xml =
        within(
            xml,
            "</servlet-container>",
            "<application-security-domains><application-security-domain name=\"other\""
                + " security-domain=\"ApplicationDomain\"/></application-security-domains>");
    // Filters and servlets of the tests' own.
    xml =
        within(
            xml,
            "<subsystem xmlns=\"urn:jboss:domain:ee:6.0\">",
            "<global-directories><directory name=\"tests\" path=\""
                + ClassPath.testClasses()
                + "\"/></global-directories>");
    Files.writeString(file, xml);
  }

  private static String within(String xml, String after, String added) {
    if (!xml.contains(after)) {
      throw new IllegalStateException("WildFly's configuration has no " + after);
    }
    return xml.replace(after, after + added);
  }

  /** These are told to the JVM, and a server that was started in it before has told its own. */
  private static void tellWhereAllIs(Path base) {
    System.setProperty("jboss.server.base.dir", base.toString());
    for (Map.Entry<String, String> directory : DIRECTORIES.entrySet()) {
      System.setProperty(
          "jboss.server." + directory.getKey() + ".dir",
          base.resolve(directory.getValue()).toString());
    }
  }

  private static String[] packagesFromOutside() {
    List<String> packages = new ArrayList<>(CLIENT);
    try {
      Class.forName("org.wasmservlet.core.ModuleCache");
      ContainerLoader.SHARED.forEach(
          prefix -> packages.add(prefix.substring(0, prefix.length() - 1)));
    } catch (ClassNotFoundException e) {
      // Each web application brings its own.
    }
    return packages.toArray(String[]::new);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void deploy(String contextPath, Path webApp, boolean unpack) throws Exception {
    ModelNode add = operation("add", "deployment", name(contextPath));
    ModelNode content = add.get("content").add();
    content.get("path").set(webApp.toAbsolutePath().toString());
    content.get("archive").set(!Files.isDirectory(webApp));
    add.get("enabled").set(true);
    execute(add);
    deployed.add(contextPath);
  }

  @Override
  public ClassLoader classLoader(String contextPath) {
    throw new UnsupportedOperationException("WildFly keeps it to itself");
  }

  @Override
  public void undeploy(String contextPath) throws Exception {
    // A test may be about one that could not be deployed.
    if (deployed.remove(contextPath)) {
      execute(operation("undeploy", "deployment", name(contextPath)));
      execute(operation("remove", "deployment", name(contextPath)));
    }
  }

  @Override
  public void stop() throws Exception {
    client.close();
    server.stop();
  }

  private static String name(String contextPath) {
    return (contextPath.isEmpty() ? "ROOT" : contextPath.substring(1)) + ".war";
  }

  private static ModelNode operation(String name, String kind, String of) {
    ModelNode operation = new ModelNode();
    operation.get("operation").set(name);
    operation.get("address").add(kind, of);
    return operation;
  }

  private ModelNode execute(ModelNode operation) throws IOException {
    ModelNode answer = client.execute(operation);
    if (!answer.get("outcome").asString().equals("success")) {
      throw new IllegalStateException(operation + ": " + answer.get("failure-description"));
    }
    return answer.get("result");
  }
}
