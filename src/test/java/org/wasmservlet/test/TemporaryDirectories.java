package org.wasmservlet.test;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Tells the tests, which are not in the web application, where its temporary files are. */
public final class TemporaryDirectories implements ServletContextListener {
  static final String PROPERTY = "test.tempdir.";

  /** Made by the container. */
  public TemporaryDirectories() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    System.setProperty(
        PROPERTY + context.getContextPath(),
        context.getAttribute(ServletContext.TEMPDIR).toString());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    System.clearProperty(PROPERTY + event.getServletContext().getContextPath());
  }
}
