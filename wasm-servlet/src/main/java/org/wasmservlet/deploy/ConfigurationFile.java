package org.wasmservlet.deploy;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.wasmservlet.apache.ConfigException;
import org.wasmservlet.apache.LocationBlock;
import org.wasmservlet.apache.WasmConf;

/** A file of {@code <Location>} blocks whose servlets a web application has. */
public final class ConfigurationFile {
  private static final String CONFIG = "wasmConfig";
  private static final String DEFAULT_FILE = "WEB-INF/wasm.conf";
  private static final String KNOWN = ConfigurationFile.class.getName() + ".known";
  private static final String WARNED = "";
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final ServletContext context;
  private final String name;
  private final ReadableSource source;
  private final boolean named;

  private ConfigurationFile(
      ServletContext context, String name, ReadableSource source, boolean named) {
    this.context = context;
    this.name = name.strip();
    this.source = source;
    this.named = named;
  }

  /**
   * The file that a web application has by its own account: of its context-param, or where it is
   * usual.
   *
   * @param context of the web application
   * @return the file, which need not be there
   */
  public static ConfigurationFile of(ServletContext context) {
    String name = context.getInitParameter(CONFIG);
    return new ConfigurationFile(
        context, name == null ? DEFAULT_FILE : name, new ContextSource(context), name != null);
  }

  /**
   * A certain file.
   *
   * @param context of the web application
   * @param name a path from the web application's root, or on the class path
   * @return the file, which need not be there
   */
  public static ConfigurationFile of(ServletContext context, String name) {
    return new ConfigurationFile(context, name, new ContextSource(context), true);
  }

  /**
   * A file of the host, outside of the web application.
   *
   * @param context of the web application
   * @param file the file, which need not be there; what it includes is relative to its directory
   * @return the file; messages name it as it was given
   */
  public static ConfigurationFile ofHost(ServletContext context, Path file) {
    return new ConfigurationFile(context, file.toString(), new HostSource(file), true);
  }

  /**
   * Registers a servlet for every block, unless that has been done.
   *
   * @param servlet its class
   * @return the blocks that have their servlets by this call
   * @throws ServletException if the file cannot be used; the message names file, line and directive
   */
  public List<LocationBlock> register(Class<? extends Servlet> servlet) throws ServletException {
    if (!known().add(name)) {
      return List.of();
    }
    List<LocationBlock> blocks = blocks();
    for (LocationBlock block : blocks) {
      try {
        register(block, servlet);
      } catch (ConfigException e) {
        throw unusable(e);
      }
    }
    return blocks;
  }

  private List<LocationBlock> blocks() throws ServletException {
    try {
      return WasmConf.read(name, source);
    } catch (ConfigException e) {
      throw unusable(e);
    }
  }

  /**
   * The blocks of the file, whether they are registered or not.
   *
   * @return none if there is no file, and nobody has named one
   * @throws ServletException if the file cannot be used; the message names file, line and directive
   */
  public List<LocationBlock> blocksIfPresent() throws ServletException {
    return isExpected() ? blocks() : List.of();
  }

  /**
   * What the servlet of a block is called.
   *
   * @param block of any file
   * @return its path
   */
  public static String servletName(LocationBlock block) {
    return block.path().isEmpty() ? "/" : block.path();
  }

  /**
   * The same where there may be no file, if nobody has named one.
   *
   * @param servlet its class
   * @throws ServletException if the file cannot be used; the message names file, line and directive
   */
  public void registerIfPresent(Class<? extends Servlet> servlet) throws ServletException {
    if (isExpected()) {
      register(servlet);
    }
  }

  private boolean isExpected() throws ServletException {
    try {
      return named || source.has(name);
    } catch (IOException e) {
      throw unusable(new ConfigException(name, e.toString()));
    }
  }

  /** Logs a warning, once, if the file is there and nobody has read it. */
  public void warnIfUnread() {
    try {
      if (!known().contains(name) && (named || source.has(name)) && known().add(WARNED)) {
        LOGGER.log(
            Level.WARNING,
            "{0} was not read: nothing here calls the initializers of web applications; call"
                + " WasmConfiguration.register when this one starts",
            name);
      }
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, name + " cannot be looked for", e);
    }
  }

  private void register(LocationBlock block, Class<? extends Servlet> type) throws ConfigException {
    String path = servletName(block);
    ServletRegistration.Dynamic servlet = context.addServlet(path, type);
    if (servlet == null) {
      throw new ConfigException(
          block.position(), "<Location>: web.xml has a servlet of the name " + path);
    }
    servlet.setInitParameters(block.initParams());
    servlet.setLoadOnStartup(1);
    servlet.setAsyncSupported(true);
    if (!servlet.addMapping(block.path() + "/*").isEmpty()) {
      throw new ConfigException(
          block.position(), "<Location>: web.xml has a servlet for " + block.path() + "/*");
    }
  }

  private static ServletException unusable(ConfigException e) {
    // Not every container logs what an initializer throws.
    LOGGER.log(Level.ERROR, e.getMessage());
    return new ServletException(e.getMessage());
  }

  /** The files that have been read, and whether it was said that one was not. */
  @SuppressWarnings("unchecked")
  private Set<String> known() {
    synchronized (ConfigurationFile.class) {
      Object present = context.getAttribute(KNOWN);
      if (present == null) {
        present = ConcurrentHashMap.newKeySet();
        context.setAttribute(KNOWN, present);
      }
      return (Set<String>) present;
    }
  }
}
