package org.wasmservlet.container;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;

/** What a container has made, within all that filters have put around it. */
public final class ContainersOwn {
  private static final String UNDERTOWS_REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

  private ContainersOwn() {}

  /**
   * Finds the container's own request.
   *
   * @param request as a filter or a servlet was given it
   * @return the one within all wrappers
   */
  public static ServletRequest request(ServletRequest request) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    return own;
  }

  /**
   * Tells whether a request came to Undertow, also within a product that calls itself otherwise.
   *
   * @param request as a filter or a servlet was given it
   * @return whether Undertow has made it
   */
  public static boolean isOfUndertow(ServletRequest request) {
    return request(request).getClass().getName().equals(UNDERTOWS_REQUEST);
  }
}
