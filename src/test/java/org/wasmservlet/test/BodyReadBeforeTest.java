package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainerAndProtocol;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawResponse;

/** What a program gets of a request's body that a filter has had before it. */
class BodyReadBeforeTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String[] METHODS = {"POST", "PUT", "PATCH", "DELETE"};

  private static final Map<Container, WebApp.Deployed> DEPLOYED = new ConcurrentHashMap<>();

  @OnEveryContainerAndProtocol
  void writesAFormAgainFromItsParameters(Container container, Protocol protocol) throws Exception {
    String form = "a=1&b=x+y%26&a=2&empty=&name=Zo%C3%AB";
    for (boolean chunked : new boolean[] {false, true}) {
      for (String method : METHODS) {
        for (String filter : new String[] {"parameters", "utf-8 parameters", "form content"}) {
          RawResponse echo =
              send(container, protocol, method, chunked, "echo&a=q&q=0", form, filter, FORM);
          assertThat(echo.status()).as(method + filter).isEqualTo(200);
          assertThat(fields(echo.body())).as(method + filter).isEqualTo(fields(form));
          if (protocol == Protocol.HTTP_1_1) {
            assertLengthAndQuery(
                send(container, protocol, method, chunked, "env&a=q", form, filter, FORM), form);
          }
        }
      }
    }
  }

  /** Over HTTP/2, a program that reads nothing may end the exchange before the body is sent. */
  private static void assertLengthAndQuery(RawResponse environment, String form) {
    assertThat(environment.variable("CONTENT_LENGTH")).isEqualTo(String.valueOf(form.length()));
    assertThat(environment.variable("CONTENT_TYPE")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(environment.variable("QUERY_STRING")).isEqualTo("env&a=q");
  }

  @OnEveryContainerAndProtocol
  void keepsTheCharactersOfAForm(Container container, Protocol protocol) throws Exception {
    if (container != Container.JETTY_12) {
      // Jetty takes percent-encoded bytes for UTF-8 whatever the charset is.
      String latin = FORM + "; charset=ISO-8859-1";
      assertThat(
              send(container, protocol, "POST", false, "echo", "n=Zo%EB", "parameters", latin)
                  .body())
          .isEqualTo("n=Zo%EB");
    }
    String utf8 = FORM + "; charset=UTF-8";
    assertThat(
            send(container, protocol, "POST", false, "echo", "n=%E2%82%AC", "parameters", utf8)
                .body())
        .isEqualTo("n=%E2%82%AC");
    // What says nothing of its charset is read in the container's, and written in the same one.
    assertThat(
            send(container, protocol, "POST", false, "echo", "n=%E2%82%AC", "parameters", FORM)
                .body())
        .isEqualTo("n=%E2%82%AC");
  }

  @OnEveryContainerAndProtocol
  void writesPartsAgain(Container container, Protocol protocol) throws Exception {
    String body =
        "--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\ntext\r\n"
            + "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"Zo\u00c3\u00ab.bin\"\r\n"
            + "Content-Type: image/png\r\n\r\n\u0000\u00ff\r\n--\r\n--B--\r\n";
    for (boolean chunked : new boolean[] {false, true}) {
      RawResponse echo =
          send(
              container,
              protocol,
              "POST",
              chunked,
              "echo",
              body,
              "parts",
              "Content-Type: multipart/form-data; boundary=B");
      assertThat(new String(echo.bytes(), ISO_8859_1).toLowerCase()).isEqualTo(body.toLowerCase());
    }
  }

  @OnEveryContainerAndProtocol
  void givesWhatAFilterGives(Container container, Protocol protocol) throws Exception {
    String text = "text/plain";
    for (boolean chunked : new boolean[] {false, true}) {
      for (String filter : new String[] {"reader", "keep", "nothing"}) {
        for (String body : new String[] {"Zo\u00c3\u00ab", "x".repeat(200_000)}) {
          RawResponse echo =
              send(
                  container,
                  protocol,
                  "PUT",
                  chunked,
                  "echo",
                  body,
                  filter,
                  "Content-Type: application/octet-stream");
          assertThat(new String(echo.bytes(), ISO_8859_1)).as(filter).isEqualTo(body);
        }
      }
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
        out.write("y".repeat(100_000).getBytes(UTF_8));
      }
      String body = zipped.toString(ISO_8859_1);
      assertThat(
              send(
                      container,
                      protocol,
                      "POST",
                      chunked,
                      "echo",
                      body,
                      "gunzip",
                      "Content-Type: " + text)
                  .bytes())
          .hasSize(100_000);
      assertThat(
              send(
                      container,
                      protocol,
                      "POST",
                      chunked,
                      "env",
                      body,
                      "gunzip",
                      "Content-Type: " + text)
                  .variable("CONTENT_LENGTH"))
          .isEqualTo("100000");
    }
  }

  @OnEveryContainerAndProtocol
  void saysWhyABodyIsGone(Container container, Protocol protocol) throws Exception {
    for (String filter : new String[] {"swallow", "three bytes"}) {
      try (LogCapture log = new LogCapture()) {
        RawResponse response =
            send(
                container,
                protocol,
                "POST",
                false,
                "swallow",
                "ten bytes.",
                filter,
                "Content-Type: text/plain");
        assertThat(response.status()).as(filter).isEqualTo(500);
        String missing = filter.equals("swallow") ? "10" : "3";
        assertThat(log.messages())
            .anyMatch(
                m -> m.contains("has read " + missing + " of the 10 bytes of the request's body"));
      }
    }
  }

  @OnEveryContainerAndProtocol
  void limitsWhatItWritesAgain(Container container, Protocol protocol) throws Exception {
    String form = "a=" + "%C3%AB".repeat(400);
    assertThat(send(container, protocol, "POST", true, "small", "a=1", "parameters", FORM).status())
        .isEqualTo(200);
    assertThat(send(container, protocol, "POST", true, "small", form, "parameters", FORM).status())
        .isEqualTo(413);
  }

  /** The fields in the order of their names, as far as parameters keep it. */
  private static java.util.List<String> fields(String form) {
    return java.util.Arrays.stream(form.split("&"))
        .sorted(java.util.Comparator.comparing(field -> field.split("=")[0]))
        .toList();
  }

  private static RawResponse send(
      Container container,
      Protocol protocol,
      String method,
      boolean chunked,
      String query,
      String body,
      String filter,
      String contentType)
      throws Exception {
    WebApp.Deployed app = on(container);
    boolean small = query.equals("small");
    String target = app.contextPath() + (small ? "/small?echo" : "/probe?" + query);
    byte[] bytes = body.getBytes(ISO_8859_1);
    String[] headers = {contentType, "X-Filter: " + filter};
    return chunked
        ? protocol.exchangeOfUnknownLength(app.port(), method, target, bytes, headers)
        : protocol.exchange(app.port(), method, target, bytes, headers);
  }

  private static WebApp.Deployed on(Container container) throws Exception {
    synchronized (container) {
      WebApp.Deployed deployed = DEPLOYED.get(container);
      if (deployed == null) {
        String parts = "<multipart-config/>";
        deployed =
            new WebApp()
                .probe()
                .servlet(
                    "small",
                    "/small",
                    "WasmModule",
                    "WEB-INF/probe.wasm",
                    "WasmEnableCGI",
                    "On",
                    "WasmMaxRequestBody",
                    "1KB")
                .descriptor(
                    "<servlet><servlet-name>probe</servlet-name>"
                        + "<servlet-class>org.wasmservlet.WasmServlet</servlet-class>"
                        + "<init-param><param-name>WasmModule</param-name>"
                        + "<param-value>WEB-INF/probe.wasm</param-value></init-param>"
                        + "<init-param><param-name>WasmEnableCGI</param-name>"
                        + "<param-value>On</param-value></init-param>"
                        + parts
                        + "</servlet><servlet-mapping><servlet-name>probe</servlet-name>"
                        + "<url-pattern>/probe/*</url-pattern></servlet-mapping>"
                        + "<filter><filter-name>before</filter-name>"
                        + "<filter-class>org.wasmservlet.test.ReadingBefore</filter-class></filter>"
                        + "<filter-mapping><filter-name>before</filter-name>"
                        + "<url-pattern>/*</url-pattern></filter-mapping>")
                .deploy(container.server());
        DEPLOYED.put(container, deployed);
      }
      return deployed;
    }
  }
}
