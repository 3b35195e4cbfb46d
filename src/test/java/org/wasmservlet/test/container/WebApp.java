package org.wasmservlet.test.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Writes a web application as a user would, and deploys it under a context path of its own. */
public final class WebApp {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path directory;
  private final String contextPath = "/app" + COUNT.incrementAndGet();
  private final StringBuilder webXml = new StringBuilder();

  public WebApp() {
    try {
      directory = Scratch.directory("webapp");
      Files.createDirectories(directory.resolve("WEB-INF"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  public String contextPath() {
    return contextPath;
  }

  /** Adds a WasmServlet; init-params come as name, value, name, value. */
  public WebApp servlet(String name, String urlPattern, String... initParams) {
    webXml.append("<servlet><servlet-name>").append(name).append("</servlet-name>\n");
    webXml.append("<servlet-class>org.wasmservlet.WasmServlet</servlet-class>\n");
    initParams(initParams);
    webXml.append("<load-on-startup>1</load-on-startup></servlet>\n");
    webXml.append("<servlet-mapping><servlet-name>").append(name).append("</servlet-name>");
    webXml.append("<url-pattern>").append(urlPattern).append("</url-pattern></servlet-mapping>\n");
    return this;
  }

  /** Adds a WasmFilter; init-params come as name, value, name, value. */
  public WebApp filter(String name, String urlPattern, String... initParams) {
    webXml.append("<filter><filter-name>").append(name).append("</filter-name>\n");
    webXml.append("<filter-class>org.wasmservlet.WasmFilter</filter-class>\n");
    initParams(initParams);
    webXml.append("</filter>\n");
    webXml.append("<filter-mapping><filter-name>").append(name).append("</filter-name>");
    webXml.append("<url-pattern>").append(urlPattern).append("</url-pattern></filter-mapping>\n");
    return this;
  }

  private void initParams(String... initParams) {
    for (int i = 0; i < initParams.length; i += 2) {
      webXml
          .append("<init-param><param-name>")
          .append(initParams[i])
          .append("</param-name><param-value>")
          .append(initParams[i + 1].replace("&", "&amp;").replace("<", "&lt;"))
          .append("</param-value></init-param>\n");
    }
  }

  /** Adds anything else to web.xml. */
  public WebApp descriptor(String xml) {
    webXml.append(xml);
    return this;
  }

  public WebApp file(String name, byte[] content) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public WebApp file(String name, String content) {
    return file(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Adds all files of a directory, as a directory of this name. */
  public WebApp directory(String name, Path content) {
    try {
      Scratch.copy(content, Files.createDirectories(directory.resolve(name)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what modules in registries need. */
  public WebApp registries() throws IOException {
    addToWebInf(ClassPath.wasmServletOci());
    return this;
  }

  /** The probe that most tests talk to, as WEB-INF/probe.wasm. */
  public WebApp probe() {
    return file("WEB-INF/probe.wasm", Guests.probe());
  }

  /** Deploys where wasm-core is shared with other tests. */
  public Deployed deploy(TestServer server) throws Exception {
    writeDescriptor();
    addToWebInf(ClassPath.wasmServlet());
    server.deploy(contextPath, directory, true);
    return new Deployed(server, contextPath);
  }

  /** Makes a WAR that brings along what a user's build would put into it. */
  public Path packed() throws IOException {
    return packed(true);
  }

  /**
   * Makes a WAR.
   *
   * @param withDirectories whether directories have entries of their own, as most tools make them
   */
  public Path packed(boolean withDirectories) throws IOException {
    complete();
    Path war = Scratch.directory("war").resolve(contextPath.substring(1) + ".war");
    Jar archive = new Jar(withDirectories);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        archive.file(name, Files.readAllBytes(file));
      }
    }
    return Files.write(war, archive.bytes());
  }

  /** Puts everything that a user's build would put into WEB-INF. */
  public Path complete() throws IOException {
    writeDescriptor();
    addToWebInf(ClassPath.wasmServlet());
    addToWebInf(ClassPath.wasmCoreAndEngine());
    return directory;
  }

  /** What a user writes; the rest is a build's. */
  public Path source() throws IOException {
    writeDescriptor();
    return directory;
  }

  private void writeDescriptor() throws IOException {
    if (webXml.length() > 0) {
      Files.writeString(
          directory.resolve("WEB-INF/web.xml"),
          // Nothing here is annotated; to look for it takes longer than most tests.
          "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\""
              + " metadata-complete=\"true\">\n"
              + webXml
              + "</web-app>\n");
    }
  }

  private void addToWebInf(List<Path> entries) throws IOException {
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        Scratch.copy(entry, directory.resolve("WEB-INF/classes"));
      } else {
        Path lib = Files.createDirectories(directory.resolve("WEB-INF/lib"));
        Files.copy(entry, lib.resolve(entry.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * A web application that is deployed until it is closed.
   *
   * @param server where
   * @param contextPath as what
   */
  public record Deployed(TestServer server, String contextPath) implements AutoCloseable {
    public int port() {
      return server.port();
    }

    @Override
    public void close() {
      try {
        server.undeploy(contextPath);
      } catch (Exception e) {
        throw new IllegalStateException(contextPath + " was not undeployed", e);
      }
    }
  }
}
