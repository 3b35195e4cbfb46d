package org.wasmservlet.test.container;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat 10.1 or 11, whichever is on the class path of the loader that this is loaded by. */
public final class TomcatServer implements TestServer {
  private final Tomcat tomcat = new Tomcat();
  private final Map<String, Context> contexts = new HashMap<>();

  /** Made by reflection. */
  public TomcatServer() {}

  @Override
  public void start(Path workDirectory, int port) throws Exception {
    // A JVM has one factory of URL handlers, and two versions of Tomcat would quarrel about it.
    TomcatURLStreamHandlerFactory.disable();
    Files.createDirectories(workDirectory.resolve("webapps"));
    tomcat.setBaseDir(workDirectory.toString());
    tomcat.getEngine().setName(workDirectory.getFileName().toString());
    tomcat.getEngine().setParentClassLoader(TomcatServer.class.getClassLoader());
    tomcat.getHost();
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    // How long the connector waits for a client that neither sends nor reads; it cannot be
    // interrupted there.
    connector.setProperty("connectionTimeout", "20000");
    // Beside HTTP/1.1, where a connection begins with its preface.
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.setConnector(connector);
    tomcat.start();
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void deploy(String contextPath, Path webApp, boolean unpack) {
    ((StandardHost) tomcat.getHost()).setUnpackWARs(unpack);
    StandardContext context = new StandardContext();
    context.setName(contextPath);
    context.setPath(contextPath);
    context.setDocBase(new File(webApp.toString()).getAbsolutePath());
    context.addLifecycleListener(tomcat.getDefaultWebXmlListener());
    context.addLifecycleListener(TomcatServer::removeJsp);
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    context.addLifecycleListener(config);
    // Nor is there anything in the jars of the container and of this JVM.
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    // What the web application shares with its neighbours is the loader that this class is in.
    context.setDelegate(true);
    tomcat.getHost().addChild(context);
    contexts.put(contextPath, context);
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException(contextPath + " did not start");
    }
  }

  private static void removeJsp(LifecycleEvent event) {
    Context context = (Context) event.getLifecycle();
    if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)
        && context.findChild("jsp") != null) {
      context.removeServletMapping("*.jsp");
      context.removeServletMapping("*.jspx");
      context.removeChild(context.findChild("jsp"));
    }
  }

  @Override
  public ClassLoader classLoader(String contextPath) {
    return contexts.get(contextPath).getLoader().getClassLoader();
  }

  @Override
  public void undeploy(String contextPath) {
    tomcat.getHost().removeChild(contexts.remove(contextPath));
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
