package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Frameworks;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/**
 * The lint of Rack's gem finds nothing to complain about. Runs where frameworks.ruby has Rack 3.
 */
class RackGemTest {
  @OnEveryContainer
  void lintIsContentWithTheGemsBuilder(Container container) throws Exception {
    lintIsContent(container, "constant", "/rack");
  }

  @OnEveryContainer
  void lintIsContentWithOurOwnBuilder(Container container) throws Exception {
    lintIsContent(container, "", "/nowhere");
  }

  private static void lintIsContent(Container container, String builder, String path)
      throws Exception {
    // Rack 2 has no such file, and another lint.
    Path lib = Frameworks.ruby("rack/lint.rb", "rack/headers.rb");
    WebApp webApp =
        new WebApp()
            .servlet(
                "gem",
                "/gem/*",
                Interpreters.ruby(
                    "ruby",
                    "WasmGateway",
                    "scgi",
                    "WasmFreeze",
                    "stdin",
                    "WasmUnfrozen",
                    "Refuse",
                    "WasmEnv",
                    "RUBYLIB " + path,
                    "WasmMapDir",
                    "/rack \"" + lib + "\" ro",
                    "WasmApplication",
                    "gem.ru"));
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      ApplicationClient client = new ApplicationClient(app, "/gem");
      assertThat(client.text("/builder")).isEqualTo(builder);
      byte[] body = "one\ntwo\nthree".getBytes();
      String length = "Content-Type: text/plain";
      assertThat(client.ask("POST", "/echo?q=%20", body, length).body())
          .isEqualTo("one\ntwo\nthree");
      assertThat(client.ask("PUT", "/lines", body, length).body()).isEqualTo("ONE\nTWO\nTHREE");
      assertThat(client.ask("POST", "/parts", body, length).body()).isEqualTo("one\ntwo");
      assertThat(client.text("/echo")).isEmpty();
      assertThat(client.text("/writes")).isEqualTo("written");
      assertThat(client.text("/file"))
          .isEqualTo(Files.readString(Path.of("applications/ruby/gem.ru")));
      assertThat(client.get("/headers").all("Set-Cookie")).isEqualTo(List.of("a=1", "b=2"));
      assertThat(client.get("/nothing").status()).isEqualTo(204);
      for (String method : List.of("HEAD", "OPTIONS", "DELETE", "PATCH")) {
        RawResponse response = client.ask(method, "/headers", null);
        assertThat(response.status()).as(method).isEqualTo(200);
      }
      // It does look: a name in capitals is against Rack 3.
      client.fails("/wrong", "uppercase character in header name");
    }
  }
}
