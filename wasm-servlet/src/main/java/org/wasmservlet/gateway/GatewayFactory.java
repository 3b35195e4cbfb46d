package org.wasmservlet.gateway;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.cgi.Wire;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.directive.ApplicationLine;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/** Picks a route's gateway from init-params, or says which of them is wrong. */
public final class GatewayFactory {
  /** PHP's word for ending after a request, with the exit code of its script. */
  private static final String MAX_REQUESTS = "PHP_FCGI_MAX_REQUESTS";

  private final String serverInfo;
  private final Path temporaryDirectory;
  private final Protocol protocol;
  private final String protocolName;
  private final Map<String, String> environment = new HashMap<>();
  private final boolean passAuthorization;
  private final long maxRequestBody;
  private final boolean exitCodeCounts;

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
    this.protocolName = directives.value(Directive.GATEWAY);
    this.protocol = protocol(directives);
    for (List<String> words : directives.all(Directive.ENV)) {
      environment.put(words.get(0), Wire.bytesOfText(words.get(1)));
    }
    this.passAuthorization = directives.isOn(Directive.CGI_PASS_AUTH);
    this.maxRequestBody = directives.bytes(Directive.MAX_REQUEST_BODY);
    // Our adapters tell by it whether an application has failed; scripts are left as they are.
    ApplicationLine application = ApplicationLine.of(directives);
    this.exitCodeCounts =
        application != null
            && application.kind() != ApplicationLine.Kind.SCRIPT
            && !application.kind().isPhp();
  }

  /** What is spoken with programs. */
  private enum Protocol {
    PLAIN,
    CGI,
    SCGI,
    FASTCGI
  }

  private static Protocol protocol(Directives directives) throws DirectiveException {
    String name = directives.value(Directive.GATEWAY);
    Protocol protocol =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "cgi" -> Protocol.CGI;
          case "scgi" -> Protocol.SCGI;
          case "fastcgi" -> Protocol.FASTCGI;
          default ->
              throw new DirectiveException(
                  Directive.GATEWAY.parameter(), name, "must be cgi, scgi or fastcgi");
        };
    if (directives.isOn(Directive.ENABLE_CGI)) {
      return protocol;
    }
    if (!directives.words(Directive.GATEWAY).isEmpty()) {
      throw new DirectiveException(
          Directive.GATEWAY.parameter(), name, "needs " + Directive.ENABLE_CGI.parameter() + " On");
    }
    return Protocol.PLAIN;
  }

  /**
   * Gives a configuration what programs need to be spoken with.
   *
   * @param config for a module
   * @throws DirectiveException if the module cannot be spoken with so
   */
  public void complete(WasmConfig.Builder config) throws DirectiveException {
    if (protocol != Protocol.FASTCGI) {
      return;
    }
    if (!environment.containsKey(MAX_REQUESTS)) {
      config.environment(MAX_REQUESTS, "1");
    }
    try {
      config.acceptConnection();
    } catch (IllegalArgumentException e) {
      throw new DirectiveException(Directive.GATEWAY.parameter(), protocolName, e.getMessage(), e);
    }
  }

  /**
   * Where a program is frozen that is started with a request, and goes on with another.
   *
   * @param variables of the request, in the words of CGI; its body is left to the other
   * @return such a place, of FastCGI
   */
  public static FreezeAt whileAnswering(Map<String, String> variables) {
    return FastCgiGateway.whileAnswering(variables);
  }

  /**
   * Reads what a program sends on such a connection.
   *
   * @param answer gets what is for the client
   * @param log gets diagnostics
   * @return what gets both, as records of FastCGI
   */
  public static OutputStream records(OutputStream answer, OutputStream log) {
    return new FastCgiOutput(answer, log);
  }

  /**
   * Makes the gateway.
   *
   * @param admission to the route's programs
   * @param timeout of a program, and of a client before and after it
   * @return for all requests of the route
   */
  public Gateway create(Admission admission, Duration timeout) {
    ClientBounds bounds = new ClientBounds(admission, timeout, maxRequestBody, temporaryDirectory);
    CgiRequests requests =
        new CgiRequests(
            new MetaVariables(serverInfo, passAuthorization), new BodyReader(bounds), environment);
    CgiAnswers answers = new CgiAnswers(bounds, exitCodeCounts);
    return switch (protocol) {
      case PLAIN -> new PlainGateway();
      case CGI -> new CgiGateway(requests, answers);
      case SCGI -> new ScgiGateway(requests, answers);
      case FASTCGI -> new FastCgiGateway(requests, answers);
    };
  }
}
