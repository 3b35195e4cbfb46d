package org.wasmservlet.server.tomcat;

import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.wasmservlet.server.option.Content;

/** Directories of web applications, with this program's wasm-servlet for all of them. */
final class WebAppsDeployment implements Deployment {
  private final List<StandardContext> contexts;

  WebAppsDeployment(Tomcat tomcat, Content.WebApps webApps) {
    contexts = webApps.all().stream().map(webApp -> deploy(tomcat, webApp)).toList();
  }

  private static StandardContext deploy(Tomcat tomcat, Content.WebApp webApp) {
    StandardContext context =
        (StandardContext) tomcat.addWebapp(webApp.contextPath(), webApp.directory().toString());
    context.addLifecycleListener(WebAppsDeployment::removeJsp);
    // One module for all, and what runs is what this jar has been tested with.
    context.setDelegate(true);
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    return context;
  }

  /** The embedded Tomcat registers a compiler of JSP pages that is not there. */
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
  public List<StandardContext> contexts() {
    return contexts;
  }

  @Override
  public List<String> failures() {
    return contexts.stream()
        .filter(context -> context.getState() != LifecycleState.STARTED)
        .map(
            context ->
                "command line: --webapp '"
                    + context.getDocBase()
                    + "': did not start; the log says why")
        .toList();
  }
}
