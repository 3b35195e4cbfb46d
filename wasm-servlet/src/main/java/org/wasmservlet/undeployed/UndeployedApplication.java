package org.wasmservlet.undeployed;

import jakarta.servlet.ServletException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.WasmFilter;
import org.wasmservlet.WasmServlet;
import org.wasmservlet.apache.LocationBlock;
import org.wasmservlet.deploy.ConfigurationFile;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.report.Report;
import org.wasmservlet.resource.FileTrees;

/** A web application that no container has deployed, and what routes it has by its descriptors. */
public final class UndeployedApplication implements Closeable {
  private final Path root;
  private final Path temporary;
  private final Libraries libraries;
  private final UndeployedContext context;
  private final WebXml webXml;

  /**
   * Reads the descriptor.
   *
   * @param root of the web application
   * @throws IOException if the descriptor or a library cannot be read
   */
  public UndeployedApplication(Path root) throws IOException {
    this.root = root;
    this.webXml = WebXml.read(root.resolve("WEB-INF/web.xml"));
    this.libraries = Libraries.of(root);
    this.temporary = Files.createTempDirectory("wasm-servlet-");
    this.context = new UndeployedContext(root, temporary, libraries, webXml.contextParams());
  }

  /**
   * What a container would give it for temporary files.
   *
   * @return a directory that goes when this is closed
   */
  public Path temporary() {
    return temporary;
  }

  /**
   * Tells what a server would do that is not done here.
   *
   * @param report is told
   * @throws IOException if a library cannot be read
   */
  public void tellWhatIsNotSeen(Report report) throws IOException {
    if (libraries.haveAnotherBuild()) {
      report.warn(
          "WEB-INF/lib",
          "has another build of this library, which passes over what this one prepares");
    }
    for (String name : new Registrations(root, libraries).find()) {
      report.warn(name, "names a class of this library; what it registers is not seen here");
    }
  }

  /**
   * The routes of web.xml and of the configuration file.
   *
   * @param report is told what is wrong with the file
   * @return in their order
   */
  public List<RouteOwner> routes(Report report) {
    List<RouteOwner> routes = new ArrayList<>();
    for (WebXml.Declared declared : webXml.classes()) {
      Class<?> ours = declared.isFilter() ? WasmFilter.class : WasmServlet.class;
      if (declared.className().equals(ours.getName())) {
        routes.add(
            new RouteOwner(
                declared.isFilter(),
                declared.name(),
                context.asServletContext(),
                declared.initParams()));
      }
    }
    try {
      for (LocationBlock block :
          ConfigurationFile.of(context.asServletContext()).blocksIfPresent()) {
        routes.add(
            new RouteOwner(
                false,
                ConfigurationFile.servletName(block),
                context.asServletContext(),
                block.initParams()));
      }
    } catch (ServletException e) {
      report.fail("servlets", e.getMessage());
    }
    return routes;
  }

  @Override
  public void close() throws IOException {
    libraries.close();
    FileTrees.delete(temporary);
  }
}
