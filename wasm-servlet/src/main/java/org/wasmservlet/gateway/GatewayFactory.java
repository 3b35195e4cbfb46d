package org.wasmservlet.gateway;

import java.nio.file.Path;
import java.time.Duration;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/** Picks a route's gateway from init-params, or says which of them is wrong. */
public final class GatewayFactory {
  private final String serverInfo;
  private final Path temporaryDirectory;
  private final boolean cgi;
  private final boolean passAuthorization;
  private final long maxRequestBody;

  /**
   * Reads what the gateway is to be.
   *
   * @param directives of the route
   * @param serverInfo {@code ServletContext.getServerInfo()}
   * @param temporaryDirectory where large bodies wait
   * @throws DirectiveException if an init-param cannot be used
   */
  public GatewayFactory(Directives directives, String serverInfo, Path temporaryDirectory)
      throws DirectiveException {
    this.serverInfo = serverInfo;
    this.temporaryDirectory = temporaryDirectory;
    this.cgi = directives.isOn(Directive.ENABLE_CGI);
    this.passAuthorization = directives.isOn(Directive.CGI_PASS_AUTH);
    this.maxRequestBody = directives.bytes(Directive.MAX_REQUEST_BODY);
  }

  /**
   * Makes the gateway.
   *
   * @param admission to the route's programs
   * @param timeout of a program, and of a client before and after it
   * @return for all requests of the route
   */
  public Gateway create(Admission admission, Duration timeout) {
    if (!cgi) {
      return new PlainGateway();
    }
    ClientBounds bounds = new ClientBounds(admission, timeout, maxRequestBody, temporaryDirectory);
    return new CgiGateway(
        new CgiRequests(new MetaVariables(serverInfo, passAuthorization), new BodyReader(bounds)),
        new CgiAnswers(bounds));
  }
}
