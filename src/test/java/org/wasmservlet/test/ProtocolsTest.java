package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainerAndProtocol;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawResponse;

/** What a program gets and gives is the same over every version of HTTP. */
class ProtocolsTest {
  @OnEveryContainerAndProtocol
  void aProgramGetsABodyOfKnownLength(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    byte[] body = "a body".repeat(20_000).getBytes(UTF_8);
    RawResponse response = protocol.exchange(app.port(), "POST", Probe.target(app, "echo"), body);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.whole()).isTrue();
    assertThat(response.body()).endsWith("a body".repeat(20_000));
  }

  @OnEveryContainerAndProtocol
  void aProgramGetsABodyOfUnknownLength(Container container, Protocol protocol) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response =
        protocol.exchangeOfUnknownLength(
            app.port(), "POST", Probe.target(app, "env"), "a body".getBytes(UTF_8));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.variable("SERVER_PROTOCOL")).isEqualTo(protocol.serversName());
    assertThat(response.variable("CONTENT_LENGTH")).isEqualTo("6");
  }
}
