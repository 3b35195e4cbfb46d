package org.wasmservlet.boot.properties;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What an application's properties say of its WebAssembly programs. For one thread. */
@ConfigurationProperties("wasm")
public final class WasmProperties {
  /** Programs by their URL patterns, in the order they are written. */
  private final Map<String, RouteProperties> routes = new LinkedHashMap<>();

  /** What counts for every route that says nothing else. */
  private final Defaults defaults = new Defaults();

  /** A file of Location blocks. */
  private String config;

  /** The folder in which compiled modules outlive the process. */
  private String cacheDir;

  /** How much is kept there of compiled modules. */
  private String cacheSize;

  /** The memory of all programs that run at once. */
  private String memoryBudget;

  /** Every directive, for all routes. For one thread. */
  public static final class Defaults extends DirectiveProperties {
    private Defaults() {}
  }

  /** Made by Spring Boot. */
  public WasmProperties() {}

  /**
   * Programs by their URL patterns.
   *
   * @return in the order they are written
   */
  public Map<String, RouteProperties> getRoutes() {
    return routes;
  }

  /**
   * What counts for every route that says nothing else.
   *
   * @return always the same
   */
  public Defaults getDefaults() {
    return defaults;
  }

  /**
   * A file of Location blocks, in the web application or after {@code classpath:} on the class
   * path.
   *
   * @return what is written, or null for WEB-INF/wasm.conf if it is there
   */
  public String getConfig() {
    return config;
  }

  /**
   * A file of Location blocks.
   *
   * @param config what is written
   */
  public void setConfig(String config) {
    this.config = config;
  }

  /**
   * The folder in which compiled modules, and what is unpacked of archives, outlive the process.
   *
   * @return what is written, or null for one of the application in the user's cache directory
   */
  public String getCacheDir() {
    return cacheDir;
  }

  /**
   * The folder in which compiled modules outlive the process.
   *
   * @param cacheDir what is written
   */
  public void setCacheDir(String cacheDir) {
    this.cacheDir = cacheDir;
  }

  /**
   * How much is kept there of compiled modules.
   *
   * @return what is written, or null
   */
  public String getCacheSize() {
    return cacheSize;
  }

  /**
   * How much is kept there of compiled modules.
   *
   * @param cacheSize what is written
   */
  public void setCacheSize(String cacheSize) {
    this.cacheSize = cacheSize;
  }

  /**
   * The memory of all programs that run at once.
   *
   * @return what is written, or null for half of the heap
   */
  public String getMemoryBudget() {
    return memoryBudget;
  }

  /**
   * The memory of all programs that run at once.
   *
   * @param memoryBudget what is written
   */
  public void setMemoryBudget(String memoryBudget) {
    this.memoryBudget = memoryBudget;
  }
}
