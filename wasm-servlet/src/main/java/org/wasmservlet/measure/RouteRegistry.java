package org.wasmservlet.measure;

import jakarta.servlet.ServletContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The routes of one web application, and who wants to know of them. Thread-safe. */
public final class RouteRegistry {
  private static final String ATTRIBUTE = RouteRegistry.class.getName();

  private final Instant since = Instant.now();
  private final List<RouteMetrics> routes = new CopyOnWriteArrayList<>();
  private final List<Observer> observers = new ArrayList<>();

  private RouteRegistry() {}

  /**
   * The registry of a web application; made where there is none yet.
   *
   * @param context of the web application
   * @return always the same for the same context
   */
  public static RouteRegistry of(ServletContext context) {
    synchronized (RouteRegistry.class) {
      Object present = context.getAttribute(ATTRIBUTE);
      if (present instanceof RouteRegistry registry) {
        return registry;
      }
      RouteRegistry registry = new RouteRegistry();
      context.setAttribute(ATTRIBUTE, registry);
      return registry;
    }
  }

  /**
   * When the web application was started, or that part of it that is ours.
   *
   * @return nothing was counted before
   */
  public Instant since() {
    return since;
  }

  /**
   * The routes that serve now.
   *
   * @return in the order of their start
   */
  public List<RouteMetrics> routes() {
    return List.copyOf(routes);
  }

  /**
   * A route begins to serve.
   *
   * @param route which one
   */
  public void add(RouteMetrics route) {
    synchronized (observers) {
      routes.add(route);
      observers.forEach(observer -> observer.added(route));
    }
  }

  /**
   * A route has ended.
   *
   * @param route which one
   */
  public void remove(RouteMetrics route) {
    synchronized (observers) {
      if (routes.remove(route)) {
        observers.forEach(observer -> observer.removed(route));
      }
    }
  }

  /**
   * Tells an observer of all routes, those that there are and those to come.
   *
   * @param observer called under a lock; must not throw
   */
  public void observe(Observer observer) {
    synchronized (observers) {
      observers.add(observer);
      routes.forEach(observer::added);
    }
  }

  /**
   * The same, unless there is an observer of the same class already.
   *
   * @param observer what would be the second is left alone
   */
  public void observeOnce(Observer observer) {
    synchronized (observers) {
      if (observers.stream().noneMatch(other -> other.getClass() == observer.getClass())) {
        observe(observer);
      }
    }
  }

  /** Wants to know which routes there are. */
  public interface Observer {
    /**
     * A route begins to serve.
     *
     * @param route which one
     */
    void added(RouteMetrics route);

    /**
     * A route has ended.
     *
     * @param route which one
     */
    void removed(RouteMetrics route);
  }
}
