package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** The answer of a program behind FastCGI becomes what that of one behind CGI does. */
class FastCgiResponseTest extends CgiResponseTest {
  private static final String HEADER = "Content-Type: text/plain\nX-Secret: 1\n\n";

  /** A record of FCGI_STDOUT that says it has so many bytes. */
  private static String stdout(int length) {
    return "\1\6\0\1" + (char) (length >> 8) + (char) (length & 0xff) + "\0\0";
  }

  @Override
  String gateway() {
    return "fastcgi";
  }

  @OnEveryContainer
  void answersWhatAreNoRecordsWith502AndNothingOfIt(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    Map<String, String> reasons =
        Map.of(
            "",
            "nothing on the connection",
            "Status: 200\n\nsecret",
            "a record of version 83",
            stdout(100) + HEADER + "secret",
            "no FCGI_END_REQUEST",
            "\1\6\0\2\0\1\0\0x",
            "a record of request 2",
            "\1\7",
            "no FCGI_END_REQUEST",
            "\1\3\0\1\0\10\0\0\0\0\0\0\2\0\0\0",
            "the request refused with protocol status 2",
            stdout(9) + "A: secret" + "\1\6\0\1\0\0\0\0" + "\1\11\0\1\0\0\0\0",
            "a record of type 9");
    for (Map.Entry<String, String> entry : reasons.entrySet()) {
      try (LogCapture log = new LogCapture()) {
        RawResponse response =
            RawHttp.get(app.port(), Probe.target(app, "records", entry.getKey()));
        assertThat(response.status()).as(entry.getValue()).isEqualTo(502);
        assertThat(response.all("X-Secret")).isEmpty();
        assertThat(response.body()).doesNotContain("secret");
        assertThat(log.messages())
            .anyMatch(m -> m.contains("malformed CGI response: FastCGI: " + entry.getValue()));
      }
    }
  }

  @OnEveryContainer
  void cutsTheConnectionWhenTheRecordsEndInMidResponse(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    String type = "Content-Type: a/b\n\n";
    for (String end : new String[] {"", "no records", "\1\6\0\1\1"}) {
      RawResponse response =
          RawHttp.get(
              app.port(), Probe.target(app, "records", stdout(type.length()) + type, 200_000, end));
      assertThat(response.status()).as(end).isEqualTo(200);
      assertThat(response.whole()).as(end).isFalse();
    }
  }

  @OnEveryContainer
  void tellsWhereAProgramDoesNotAccept(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet(
                "p", "/p",
                "WasmModule", "WEB-INF/probe.wasm",
                "WasmEnableCGI", "On",
                "WasmGateway", "FastCGI",
                // The probe takes it for a request by CGI.
                "WasmEnv", "GATEWAY_INTERFACE CGI/1.1")
            .deploy(container.server())) {
      try (LogCapture log = new LogCapture()) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + "/p?env").status()).isEqualTo(502);
        assertThat(log.messages())
            .anyMatch(m -> m.contains("nothing on the connection"))
            .as("what it has printed")
            .anyMatch(m -> m.endsWith("stderr: Content-Type: text/plain"));
      }
    }
  }
}
