package org.wasmservlet.server.site;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wasmservlet.WasmServlet;
import org.wasmservlet.WasmStatusServlet;
import org.wasmservlet.apache.LocationBlock;
import org.wasmservlet.deploy.ConfigurationFile;
import org.wasmservlet.host.HostFiles;
import org.wasmservlet.route.UnusableConfigurationException;
import org.wasmservlet.server.option.Content;

/** Registers the servlets of a program or of a configuration file, and of the status page. */
public final class SiteInitializer implements ServletContainerInitializer {
  private static final String PROGRAM = "/";
  private static final String STATUS = "status page";

  private final Content content;
  private final Optional<String> statusPath;
  private final Map<String, LocationBlock> blocks = new HashMap<>();

  /**
   * Makes it.
   *
   * @param content a program or blocks
   * @param statusPath where the status page is, if it is
   */
  public SiteInitializer(Content content, Optional<String> statusPath) {
    this.content = content;
    this.statusPath = statusPath;
  }

  /**
   * Registers the servlets.
   *
   * @param classes nothing
   * @param context of the web application
   * @throws ServletException if the configuration file cannot be used; the message names file, line
   *     and directive
   */
  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
    if (content instanceof Content.Program program) {
      context.setAttribute(HostFiles.BASE, Path.of("").toAbsolutePath());
      ServletRegistration.Dynamic servlet = context.addServlet(PROGRAM, WasmServlet.class);
      servlet.setInitParameters(program.initParams());
      servlet.setLoadOnStartup(1);
      servlet.setAsyncSupported(true);
      servlet.addMapping("/*");
    } else if (content instanceof Content.Blocks file) {
      context.setAttribute(HostFiles.BASE, file.file().toAbsolutePath().getParent());
      for (LocationBlock block :
          ConfigurationFile.ofHost(context, file.file()).register(WasmServlet.class)) {
        blocks.put(ConfigurationFile.servletName(block), block);
      }
      if (blocks.isEmpty()) {
        throw new ServletException(file.file() + ": has no <Location>");
      }
    }
    if (statusPath.isPresent()) {
      addStatusPage(context, statusPath.get());
    }
  }

  private void addStatusPage(ServletContext context, String path) throws ServletException {
    if (blocks.containsKey(path)) {
      throw new ServletException(
          "command line: --status '" + path + "': is the path of " + blocks.get(path).position());
    }
    ServletRegistration.Dynamic servlet = context.addServlet(STATUS, WasmStatusServlet.class);
    servlet.setLoadOnStartup(1);
    servlet.addMapping(path);
    context
        .addFilter(STATUS, new ThisMachineOnly())
        .addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), false, STATUS);
  }

  /**
   * Where what a servlet was made of stands.
   *
   * @param servlet its name
   * @param failure why it did not start
   * @return a file and a line, or the options of the command line
   */
  public String origin(String servlet, ServletException failure) {
    LocationBlock block = blocks.get(servlet);
    if (block != null) {
      return block.position().toString();
    }
    String option =
        content instanceof Content.Program program
                && failure instanceof UnusableConfigurationException unusable
            ? program.origins().get(unusable.fault().parameter())
            : null;
    return option == null ? "command line" : "command line: " + option;
  }
}
