package org.wasmservlet.server.tomcat;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.ApplicationParameter;
import org.apache.tomcat.util.modeler.Registry;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.server.option.Content;
import org.wasmservlet.server.option.Options;

/**
 * A Tomcat that serves what a command line asks for. It starts whole or not at all: the port is
 * taken first, then everything is loaded, and then clients are let in.
 *
 * <p>To be used by one thread.
 */
public final class WasmTomcat {
  private static final Logger LOGGER = System.getLogger(WasmTomcat.class.getName());

  private final Options options;
  private final PrintStream standardOutput;
  private final Tomcat tomcat;
  private final Listener listener = new Listener();
  private final RunningRequests running = new RunningRequests();
  private Deployment deployment;
  private Connector connector;
  private AccessLog accessLog;

  /**
   * Makes a server that has not started.
   *
   * @param options what it is to do
   * @param standardOutput for an access log that goes there
   */
  public WasmTomcat(Options options, PrintStream standardOutput) {
    this.options = options;
    this.standardOutput = standardOutput;
    // Tomcat's own beans would take longer than all the rest; programs and modules have theirs.
    Registry.disableRegistry();
    this.tomcat = new Tomcat();
  }

  /**
   * Starts, and returns when every program that is to be loaded at the start is loaded. Where it is
   * only a check, no port is taken.
   *
   * @throws StartException if something cannot start; nothing is left running then
   */
  public void start() throws StartException {
    boolean started = false;
    try {
      prepare();
      if (!options.check()) {
        // Before what takes long: that it is taken already is a mistake that shows at once.
        connector = Connectors.bound(listener, options.endpoint(), tomcat.getService());
      }
      tomcat.start();
      requireWhole();
      if (connector != null) {
        tomcat.getService().addConnector(connector);
      }
      started = true;
    } catch (LifecycleException | IllegalArgumentException e) {
      throw new StartException(StartException.rootMessage(e), e);
    } finally {
      if (!started) {
        stopAll();
      }
    }
  }

  private void prepare() throws StartException {
    WorkDirectory work = WorkDirectory.make();
    tomcat.setBaseDir(work.path().toString());
    tomcat.getEngine().setParentClassLoader(WasmTomcat.class.getClassLoader());
    tomcat.getEngine().getPipeline().addValve(running);
    ErrorReportValve errors = new ErrorReportValve();
    // What failed is in the log; clients need not know where.
    errors.setShowReport(false);
    errors.setShowServerInfo(false);
    tomcat.getHost().getPipeline().addValve(errors);
    if (options.accessLog().isPresent() && !options.check()) {
      accessLog = AccessLog.open(options.accessLog().get(), standardOutput);
      tomcat.getEngine().getPipeline().addValve(accessLog);
    }
    deployment =
        options.content() instanceof Content.WebApps webApps
            ? new WebAppsDeployment(tomcat, webApps)
            : new SiteDeployment(tomcat, options, work);
    deployment.contexts().forEach(this::configure);
  }

  private void configure(StandardContext context) {
    // The JVM ends with it: nothing can be left over.
    context.setClearReferencesThreadLocals(false);
    context.setClearReferencesRmiTargets(false);
    ApplicationParameter cache = new ApplicationParameter();
    cache.setName(Directive.CACHE_DIR.parameter());
    cache.setValue(options.cache());
    // What a web application says itself counts.
    cache.setOverride(true);
    context.addApplicationParameter(cache);
  }

  private void requireWhole() throws StartException {
    List<String> failures = deployment.failures();
    if (!failures.isEmpty()) {
      throw new StartException(String.join("\n", failures), null);
    }
  }

  /**
   * Where what it serves can be reached.
   *
   * @return a URL for each web application
   */
  public List<String> urls() {
    String scheme = options.endpoint().tls().isPresent() ? "https" : "http";
    String address = options.endpoint().address();
    String host = address.contains(":") ? "[" + address + "]" : address;
    return deployment.contexts().stream()
        .map(
            context ->
                scheme + "://" + host + ":" + connector.getLocalPort() + context.getPath() + "/")
        .toList();
  }

  /**
   * Stops: takes no more connections at once, and ends when requests have ended or their time is
   * over.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for them
   */
  public void stop() throws InterruptedException {
    if (connector != null) {
      connector.pause();
      closeListener();
      letRequestsEnd();
    }
    stopAll();
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the port is not given back yet: {0}", e.toString());
    }
  }

  private void letRequestsEnd() throws InterruptedException {
    int now = running.count();
    if (now > 0) {
      LOGGER.log(
          Level.INFO,
          "stops when requests have ended, {0} now, at the latest in {1} s",
          now,
          options.stopTimeout().toSeconds());
    }
    int left = running.await(options.stopTimeout());
    if (left == 0) {
      listener.awaitIdle();
    } else {
      LOGGER.log(Level.WARNING, "requests that are cut off: {0} (--stop-timeout)", left);
    }
  }

  private void stopAll() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      LOGGER.log(Level.WARNING, "Tomcat did not stop cleanly: {0}", StartException.rootMessage(e));
    }
    if (accessLog != null) {
      accessLog.close();
    }
  }
}
