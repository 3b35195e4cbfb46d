package org.wasmservlet.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked, and who gets credentials. */
@Timeout(60)
class TransferTest {
  private static final Map<String, String> SECRET = Map.of("Authorization", "Basic c2VjcmV0");

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  @Test
  void credentialsStayWithTheServerThatTheyAreFor() throws Exception {
    try (TestWebServer server = TestWebServer.plain()) {
      server
          .redirect("/here", "/there")
          .redirect("/there", server.at("localhost", "/elsewhere"))
          .redirect("/elsewhere", server.at("/back"))
          .page("/back", "content".getBytes(UTF_8));
      Answer answer = get(server.at("/here"));
      assertThat(answer.isOk()).isTrue();
      assertThat(content.toString(UTF_8)).isEqualTo("content");
      assertThat(server.requests())
          .containsExactly("/here Basic c2VjcmV0", "/there Basic c2VjcmV0", "/elsewhere", "/back");
    }
  }

  @Test
  void whatComesWithAnotherAnswerThanOkIsNotTaken() throws Exception {
    try (TestWebServer server = TestWebServer.plain()) {
      assertThat(get(server.at("/missing")).status()).isEqualTo(404);
      assertThat(content.size()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/,true",
    "http://127.0.0.1.example.org/,true",
    "http://localhost.example.org/,true",
    "ftp://localhost/,true",
    "file:///etc/passwd,true",
    "https://user@localhost/,true",
    "http://localhost:5000/,false",
    "http://127.1.2.3/,false",
    "http://[::1]:5000/,false",
    "https://example.org/,false"
  })
  void plainHttpIsForThisMachineAlone(URI uri, boolean isRefused) {
    if (isRefused) {
      assertThatThrownBy(() -> Origin.requireAllowed(uri)).isInstanceOf(IOException.class);
    } else {
      assertThatCode(() -> Origin.requireAllowed(uri)).doesNotThrowAnyException();
    }
  }

  private Answer get(String uri) throws IOException {
    Transfer transfer =
        new Transfer(
            ModuleReference.parse("oci://registry/module:1"),
            FetchLimits.of(Duration.ofSeconds(30)),
            null);
    return transfer.get(new Transfer.Request(URI.create(uri), SECRET), 1000, content);
  }
}
