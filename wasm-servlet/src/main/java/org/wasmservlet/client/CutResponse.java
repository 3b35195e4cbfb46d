package org.wasmservlet.client;

import jakarta.servlet.ServletRequest;
import org.wasmservlet.container.ContainersOwn;

/**
 * Helps the container to tell the client that a response is not whole. Containers do that when an
 * exception leaves the servlet after the response has begun: they cut the connection or reset the
 * stream. Tomcat needs to be told to over HTTP/2, and Undertow does not do it at all.
 */
public final class CutResponse {
  private CutResponse() {}

  /**
   * Prepares the end of a response that has begun and cannot be finished. An exception must leave
   * the servlet afterwards.
   *
   * @param request whose response it is
   */
  public static void prepare(ServletRequest request) {
    ServletRequest own = ContainersOwn.request(request);
    TomcatInternals.resetStream(own);
    UndertowConnection.cut(own);
  }
}
