package org.wasmservlet.server.tomcat;

import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Container;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.wasmservlet.server.option.Options;
import org.wasmservlet.server.site.SiteInitializer;

/** The one web application that is made of a command line: no descriptor, and no files. */
final class SiteDeployment implements Deployment {
  private final SiteInitializer site;
  private final List<String> failures = new ArrayList<>();
  private final StandardContext context = new SiteContext();

  /**
   * Adds it to a Tomcat.
   *
   * @param options with a program or blocks
   */
  SiteDeployment(Tomcat tomcat, Options options, WorkDirectory work) throws StartException {
    site = new SiteInitializer(options.content(), options.statusPath());
    context.setName("");
    context.setPath("");
    context.setDocBase(work.make("root").toString());
    context.addLifecycleListener(new Tomcat.FixContextListener());
    // There is nobody's class to look through.
    context.setIgnoreAnnotations(true);
    Tomcat.addDefaultMimeTypeMappings(context);
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          try {
            site.onStartup(classes, servletContext);
          } catch (ServletException e) {
            failures.add(e.getMessage());
          }
        },
        Set.of());
    tomcat.getHost().addChild(context);
  }

  @Override
  public List<StandardContext> contexts() {
    return List.of(context);
  }

  @Override
  public List<String> failures() {
    return failures;
  }

  /** Keeps what its servlets say of themselves; Tomcat would log it and forget it. */
  private final class SiteContext extends StandardContext {
    @Override
    public boolean loadOnStartup(Container[] children) {
      Arrays.stream(children).sorted(Comparator.comparing(Container::getName)).forEach(this::load);
      return true;
    }

    private void load(Container child) {
      try {
        ((Wrapper) child).load();
      } catch (ServletException e) {
        failures.add(site.origin(child.getName(), e) + ": " + e.getMessage());
      }
    }
  }
}
