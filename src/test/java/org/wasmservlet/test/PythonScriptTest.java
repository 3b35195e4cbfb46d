package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** A CGI script in Python is told, says and does the same as an application as it does by CGI. */
class PythonScriptTest {
  /** Two names of a length, so that lengths of what is made of them are the same. */
  private static final String CGI = "gateway1";

  private static final String APPLICATION = "gateway2";

  /** What the container adds; whether it knows the length depends on when a program is flushed. */
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("date", "content-length", "transfer-encoding");

  private record Request(String method, String rest, String body, List<String> headers) {
    static Request of(String method, String rest, String body, String... headers) {
      return new Request(method, rest, body, List.of(headers));
    }
  }

  private static final List<Request> REQUESTS =
      List.of(
          Request.of("GET", "", null),
          Request.of("GET", "/a%20b/%C3%BC?q=%C3%BC&status=404", null, "X-Odd: \u00fc\u00ff"),
          Request.of("POST", "?a=1", "a body", "Content-Type: text/plain"),
          Request.of("POST", "?raw", "read without Python's buffers", "Content-Type: a/b"),
          Request.of("POST", "", "", "Content-Type: text/plain"),
          Request.of("PUT", "", "z".repeat(300_000)),
          Request.of("HEAD", "?large", null),
          Request.of("GET", "?large&exit=3", null),
          Request.of("GET", "?exit=0", null),
          Request.of("GET", "?exit=in+words", null),
          Request.of("GET", "?early=4", null),
          Request.of("GET", "?replaced", null),
          Request.of("GET", "?atexit&log", null),
          Request.of("GET", "?fail", null));

  @OnEveryContainer
  void isTheSameAsByCgi(Container container) throws Exception {
    Path data = Scratch.directory("written");
    try (WebApp.Deployed app = deploy(container, data)) {
      for (Request request : REQUESTS) {
        List<Object> expected = ask(app, CGI, request);
        assertThat(expected.get(0)).as(request.toString()).isNotIn(502, 503, 504);
        assertThat(ask(app, APPLICATION, request)).as(request.toString()).isEqualTo(expected);
      }
      ask(app, APPLICATION, Request.of("GET", "?written=and+not+closed", null));
      assertThat(Files.readString(data.resolve("written.txt"))).isEqualTo("and not closed");
    }
  }

  /** What the client gets, and what the log says of it. */
  private static List<Object> ask(WebApp.Deployed app, String gateway, Request request)
      throws Exception {
    try (LogCapture log = new LogCapture()) {
      RawResponse response =
          RawHttp.exchange(
              app.port(),
              request.method(),
              app.contextPath() + "/" + gateway + request.rest(),
              request.body() == null ? null : request.body().getBytes(UTF_8),
              request.headers().toArray(String[]::new));
      return List.of(
          response.status(),
          response.headers().stream()
              .filter(header -> !OF_THE_CONTAINER.contains(header.name().toLowerCase(Locale.ROOT)))
              .map(header -> header.name() + ": " + neutral(header.value()))
              .toList(),
          neutral(response.body()),
          response.end(),
          log.messages().stream()
              .map(message -> neutral(message.replaceFirst("^\\[[^]]*]", "")))
              // A failure's way through the adapter.
              .filter(message -> !message.contains("/wasm-servlet/"))
              .toList());
    }
  }

  private static String neutral(String text) {
    return text.replace(APPLICATION, CGI);
  }

  private static WebApp.Deployed deploy(Container container, Path data) throws Exception {
    String directories = "/data \"" + data + "\"";
    return new WebApp()
        .servlet(
            CGI,
            "/" + CGI + "/*",
            Interpreters.python("scripts", "WasmArg", "/app/request.py", "WasmMapDir", directories))
        .servlet(
            APPLICATION,
            "/" + APPLICATION + "/*",
            Interpreters.python(
                "scripts",
                "WasmGateway",
                "scgi",
                "WasmApplication",
                "cgi:request.py",
                "WasmMapDir",
                directories))
        .deploy(container.server());
  }
}
