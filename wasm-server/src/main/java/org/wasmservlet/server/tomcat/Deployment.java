package org.wasmservlet.server.tomcat;

import java.util.List;
import org.apache.catalina.core.StandardContext;

/** What a server has deployed. */
interface Deployment {
  /** The contexts, which are started with their host. */
  List<StandardContext> contexts();

  /**
   * What did not start, when they have been started.
   *
   * @return a line each, with what it stands in; none if all can serve
   */
  List<String> failures();
}
