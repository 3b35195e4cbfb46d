package org.wasmservlet.test;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;

/** Adds a servlet for {@code *.cgi} that nobody may ask: no descriptor tells that. */
public final class GuardingByCall implements ServletContextListener {
  /** Made by the container. */
  public GuardingByCall() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletRegistration.Dynamic servlet =
        event.getServletContext().addServlet("guarded", "org.wasmservlet.WasmServlet");
    servlet.setInitParameter("WasmModule", "WEB-INF/probe.wasm");
    servlet.setInitParameter("WasmEnableCGI", "On");
    servlet.addMapping("*.cgi");
    servlet.setServletSecurity(
        new ServletSecurityElement(new HttpConstraintElement(EmptyRoleSemantic.DENY)));
  }
}
