package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.OnEveryContainerAndProtocol;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Headers byte by byte, both ways, and headers that are too large. */
class HeaderBytesTest {
  /** Zoë, each byte a character. */
  private static final String UTF_8_NAME = "Zo\u00c3\u00ab";

  private static final String LATIN_1_NAME = "Zo\u00eb";

  @OnEveryContainerAndProtocol
  void givesTheProgramTheClientsBytes(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response =
        protocol.exchange(
            app.port(),
            "POST",
            app.contextPath() + "/probe/Zo%C3%AB?env&Zo%C3%AB",
            new byte[1],
            "X-Utf: " + UTF_8_NAME,
            "X-Latin: " + LATIN_1_NAME,
            "X-All: \u0080\u00a0\u00ff",
            "Content-Type: text/plain; name=" + UTF_8_NAME);
    assertThat(variable(response, "HTTP_X_UTF")).isEqualTo(UTF_8_NAME);
    assertThat(variable(response, "HTTP_X_LATIN")).isEqualTo(LATIN_1_NAME);
    assertThat(variable(response, "HTTP_X_ALL")).isEqualTo("\u0080\u00a0\u00ff");
    assertThat(variable(response, "CONTENT_TYPE")).isEqualTo("text/plain; name=" + UTF_8_NAME);
    assertThat(variable(response, "PATH_INFO")).isEqualTo("/" + UTF_8_NAME);
    assertThat(variable(response, "QUERY_STRING")).isEqualTo("env&Zo%C3%AB");
    assertThat(variable(response, "REQUEST_URI"))
        .isEqualTo(app.contextPath() + "/probe/Zo%C3%AB?env&Zo%C3%AB");
  }

  @OnEveryContainerAndProtocol
  void givesTheProgramTheClientsCookies(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response =
        protocol.exchange(
            app.port(),
            "GET",
            Probe.target(app, "env"),
            null,
            "Cookie: a=" + UTF_8_NAME,
            "Cookie: b=" + LATIN_1_NAME);
    if (container.servesWithUndertow()) {
      // It looks for a session first, and fails, before it asks any servlet.
      assertThat(response.status()).isEqualTo(500);
    } else {
      assertThat(variable(response, "HTTP_COOKIE"))
          .isEqualTo("a=" + UTF_8_NAME + "; b=" + LATIN_1_NAME);
    }
  }

  @OnEveryContainer
  void givesTheProgramTheClientsQueryOrRefusesIt(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/probe?env&" + UTF_8_NAME);
    if (response.status() != 400) {
      assertThat(variable(response, "QUERY_STRING")).isEqualTo("env&" + UTF_8_NAME);
      assertThat(variable(response, "REQUEST_URI")).endsWith("/probe?env&" + UTF_8_NAME);
    }
    RawResponse odd = RawHttp.get(app.port(), app.contextPath() + "/probe/%FC?env");
    assertThat(odd.status()).isIn(200, 400);
    if (odd.status() == 200) {
      // Undertow decodes paths before anybody sees them.
      String path = container.servesWithUndertow() ? "/\u00ef\u00bf\u00bd" : "/\u00fc";
      assertThat(variable(odd, "PATH_INFO")).isEqualTo(path);
    }
  }

  @OnEveryContainerAndProtocol
  void givesTheClientTheProgramsBytes(Container container, Protocol protocol) throws Exception {
    for (String name : new String[] {UTF_8_NAME, LATIN_1_NAME}) {
      String target =
          raw(
              container,
              "Content-Type: text/plain; name=\""
                  + name
                  + "\"\nX-Name: "
                  + name
                  + "\nSet-Cookie: n="
                  + name
                  + "\nLocation: /"
                  + name
                  + "\n\nbody");
      RawResponse response = get(Probe.on(container).port(), protocol, target);
      assertThat(response.header("X-Name")).isEqualTo(name);
      assertThat(response.header("Set-Cookie")).isEqualTo("n=" + name);
      assertThat(response.header("Location")).isEqualTo("/" + name);
      assertThat(response.header("Content-Type")).contains(name);
    }
  }

  /**
   * Over HTTP/2 by the JDK's client: Jetty's refuses large headers, and what Huffman's code makes
   * of bytes above 7F.
   */
  private static RawResponse get(int port, Protocol protocol, String target) throws Exception {
    if (protocol == Protocol.HTTP_1_1) {
      return protocol.get(port, target);
    }
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    List<RawResponse.Header> headers = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) ->
                values.forEach(value -> headers.add(new RawResponse.Header(name, value))));
    return new RawResponse(response.statusCode(), headers, response.body(), RawResponse.End.WHOLE);
  }

  /** As an application does that ends a session: a line for each cookie and each path. */
  @OnEveryContainerAndProtocol
  void sendsManyFieldsOfOneName(Container container, Protocol protocol) throws Exception {
    String cookie = "=" + "0123456789".repeat(10) + "; path=/";
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      header.append(i % 2 == 0 ? "Set-Cookie: " : "set-cookie: ").append("c" + i + cookie + '\n');
    }
    WebApp.Deployed app = Probe.on(container);
    RawResponse response = get(app.port(), protocol, Probe.target(app, "raw", header + "\nbody"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.all("Set-Cookie")).hasSize(30).contains("c29" + cookie);
    assertThat(response.body()).isEqualTo("body");
  }

  @OnEveryContainerAndProtocol
  void sendsALargeHeaderOrSaysWhyItCannot(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    for (int size : new int[] {1000, 7000, 8000, 8200, 9000, 16_000, 17_000, 40_000, 65_000}) {
      for (int fields : new int[] {1, 20}) {
        try (LogCapture log = new LogCapture()) {
          RawResponse response = get(app.port(), protocol, large(app, size, fields));
          String value = response.header("X-Large-0");
          if (response.status() == 200) {
            assertThat(value).hasSize(size / fields);
            assertThat(response.body()).isEqualTo("body");
          } else {
            assertThat(response.status()).as("of " + size).isEqualTo(502);
            assertThat(value).isNull();
            assertThat(size).isGreaterThan(7000);
            assertThat(log.messages())
                .anyMatch(m -> m.contains("malformed CGI response: the header of "))
                .noneMatch(m -> m.contains("the host failed"));
          }
          assertThat(response.whole()).as("of " + size).isTrue();
        }
      }
    }
  }

  @OnEveryContainer
  void goesOnWithTheConnectionAfterALargeHeader(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    try (RawHttp connection = new RawHttp(app.port())) {
      for (int i = 0; i < 2; i++) {
        connection.send("GET " + large(app, 20_000, 1) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(connection.read("GET").status())
            .isEqualTo(container.servesWithUndertow() ? 200 : 502);
      }
      connection.send("GET " + Probe.target(app, "env") + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.read("GET").variable("QUERY_STRING")).isEqualTo("env");
    }
  }

  private static String large(WebApp.Deployed app, int size, int fields) {
    return Probe.target(app, "header", size / fields, fields);
  }

  private static String variable(RawResponse response, String name) {
    return new String(response.bytes(), ISO_8859_1)
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }

  /** The target of a program that writes these bytes, each a character here. */
  private static String raw(Container container, String output) throws Exception {
    StringBuilder query = new StringBuilder("raw&");
    for (byte b : output.getBytes(ISO_8859_1)) {
      query.append(String.format("%%%02X", b & 0xff));
    }
    return Probe.on(container).contextPath() + "/probe?" + query;
  }
}
