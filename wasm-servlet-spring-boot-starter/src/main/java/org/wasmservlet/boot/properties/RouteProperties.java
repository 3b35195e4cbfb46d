package org.wasmservlet.boot.properties;

import java.util.List;
import org.springframework.boot.convert.Delimiter;

/**
 * A program behind a URL pattern: {@code wasm.routes[/pattern/*]}, with every directive of
 * docs/configuration.md. For one thread.
 */
public final class RouteProperties extends DirectiveProperties {
  /** The URL patterns, where the route's name is not one itself. */
  @Delimiter(Delimiter.NONE)
  private List<String> urlPatterns;

  /** Whether it is a filter, which passes on what it does not serve. */
  private boolean filter;

  /** When the servlet is started, as web.xml says it; 1 by default. */
  private Integer loadOnStartup;

  /** Whether what comes after it may be asynchronous. */
  private boolean asyncSupported = true;

  /** The filter's place among filters; behind all others by default. */
  private Integer order;

  /** Made by Spring Boot. */
  public RouteProperties() {}

  /**
   * The URL patterns, where the route's name is not one itself.
   *
   * @return what is written, or null
   */
  public List<String> getUrlPatterns() {
    return urlPatterns;
  }

  /**
   * The URL patterns, where the route's name is not one itself.
   *
   * @param urlPatterns what is written
   */
  public void setUrlPatterns(List<String> urlPatterns) {
    this.urlPatterns = urlPatterns;
  }

  /**
   * Whether it is a filter, which passes on what it does not serve.
   *
   * @return false by default
   */
  public boolean isFilter() {
    return filter;
  }

  /**
   * Whether it is a filter, which passes on what it does not serve.
   *
   * @param filter what is written
   */
  public void setFilter(boolean filter) {
    this.filter = filter;
  }

  /**
   * When the servlet is started, as web.xml says it.
   *
   * @return what is written, or null
   */
  public Integer getLoadOnStartup() {
    return loadOnStartup;
  }

  /**
   * When the servlet is started, as web.xml says it.
   *
   * @param loadOnStartup what is written
   */
  public void setLoadOnStartup(Integer loadOnStartup) {
    this.loadOnStartup = loadOnStartup;
  }

  /**
   * Whether what comes after it may be asynchronous.
   *
   * @return true by default
   */
  public boolean isAsyncSupported() {
    return asyncSupported;
  }

  /**
   * Whether what comes after it may be asynchronous.
   *
   * @param asyncSupported what is written
   */
  public void setAsyncSupported(boolean asyncSupported) {
    this.asyncSupported = asyncSupported;
  }

  /**
   * The filter's place among filters.
   *
   * @return what is written, or null
   */
  public Integer getOrder() {
    return order;
  }

  /**
   * The filter's place among filters.
   *
   * @param order what is written
   */
  public void setOrder(Integer order) {
    this.order = order;
  }
}
