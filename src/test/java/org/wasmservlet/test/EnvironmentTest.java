package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.OnEveryContainerAndProtocol;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawResponse;

/** A program's environment is the same over HTTP/1.1 and HTTP/2, variable by variable. */
class EnvironmentTest {
  /** What is another one for every connection. */
  private static final Set<String> OF_THE_CONNECTION = Set.of("REMOTE_PORT", "SERVER_PROTOCOL");

  private static final byte[] NO_BYTES = {};

  private static final String[] HEADERS = {
    "Accept: text/html",
    "Accept: */*;q=0.1",
    "User-Agent: a test",
    "Cookie: first=1; second=2",
    "Cookie: third=3",
    "X-Forwarded-For: 192.0.2.1",
    "X-Many: one",
    "X-Many: two",
    "X-Empty:",
    "Proxy: http://example.net/",
    "TE: trailers",
    "Content-Type: text/plain; charset=utf-8",
  };

  @OnEveryContainerAndProtocol
  void tellsWhomARequestWasAddressedTo(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response = protocol.get(app.port(), Probe.target(app, "env"));
    assertThat(response.variable("HTTP_HOST")).isEqualTo("example.org:8080");
    assertThat(response.variable("SERVER_NAME")).isEqualTo("example.org");
    assertThat(response.variable("SERVER_PORT")).isEqualTo("8080");
    assertThat(response.variable("SERVER_PROTOCOL")).isEqualTo(protocol.serversName());
  }

  @OnEveryContainerAndProtocol
  void tellsAnotherAuthority(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    for (String authority :
        List.of("example.org", "[2001:db8::1]", "[2001:db8::1]:8443", "a.b:1")) {
      RawResponse response =
          protocol.get(app.port(), Probe.target(app, "env"), "Host: " + authority);
      assertThat(response.variable("HTTP_HOST")).isEqualTo(authority);
    }
  }

  @OnEveryContainerAndProtocol
  void aRequestWithoutABodyHasNoLength(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    for (String method : List.of("GET", "DELETE", "OPTIONS", "POST", "PUT")) {
      RawResponse response =
          protocol.exchange(app.port(), method, Probe.target(app, "env"), null, HEADERS);
      assertThat(response.variable("REQUEST_METHOD")).isEqualTo(method);
      assertThat(response.variable("CONTENT_LENGTH")).as(method).isNull();
      assertThat(response.variable("CONTENT_TYPE")).as(method).isNull();
    }
  }

  @OnEveryContainer
  void isTheSameOverEveryProtocol(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    byte[] body = "a body".getBytes(UTF_8);
    for (String path : List.of("", "/", "/a/path%20info/%C3%A9")) {
      String target = app.contextPath() + Probe.PATH + path + "?env&a=b%26c&%C3%A9";
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
        for (byte[] sent : new byte[][] {null, NO_BYTES, body}) {
          assertSame(
              protocol -> protocol.exchange(app.port(), method, target, sent, HEADERS),
              method + " " + path);
        }
        assertSame(
            protocol -> protocol.exchangeOfUnknownLength(app.port(), method, target, body, HEADERS),
            method + " " + path + " of unknown length");
      }
    }
  }

  /** What a HEAD is asked with: its answer has no body to tell it in. */
  @OnEveryContainerAndProtocol
  void answersHeadWithoutABody(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response =
        protocol.exchange(
            app.port(),
            "HEAD",
            Probe.target(app, "raw", "Status: 201\nX-Header: value\nContent-Length: 7\n\n7 bytes"),
            null);
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.header("X-Header")).isEqualTo("value");
    assertThat(response.header("Content-Length")).isEqualTo("7");
    assertThat(response.bytes()).isEmpty();
    assertThat(response.whole()).isTrue();
  }

  private interface Request {
    RawResponse over(Protocol protocol) throws Exception;
  }

  private static void assertSame(Request request, String which) throws Exception {
    Map<String, String> expected = environment(request.over(Protocol.HTTP_1_1));
    assertThat(expected).as(which).containsEntry("HTTP_COOKIE", "first=1; second=2; third=3");
    // How HTTP/1.1 frames a body is its own affair, but programs are told of it.
    expected.remove("HTTP_TRANSFER_ENCODING");
    assertThat(environment(request.over(Protocol.HTTP_2))).as(which).isEqualTo(expected);
  }

  private static Map<String, String> environment(RawResponse response) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.whole()).isTrue();
    Map<String, String> variables = new TreeMap<>();
    response
        .body()
        .lines()
        .filter(line -> !line.startsWith("argv["))
        .forEach(
            line ->
                variables.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    variables.keySet().removeAll(OF_THE_CONNECTION);
    return variables;
  }
}
