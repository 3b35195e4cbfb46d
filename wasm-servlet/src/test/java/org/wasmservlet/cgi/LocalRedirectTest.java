package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRedirectTest {
  @ParameterizedTest
  @CsvSource({"/app/x, /x", "/app/x?a=/../b, /x?a=/../b", "/app/, /", "/app/a%20b, /a%20b"})
  void followsPathsInsideTheContext(String location, String inside) {
    assertThat(LocalRedirect.insideContext(location, "/app")).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/other/x",
        "/application/x",
        "/app",
        "/app/WEB-INF/web.xml",
        "/app/web-inf/web.xml",
        "/app/%57EB-INF/web.xml",
        "/app//WEB-INF/web.xml",
        "/app/WEB-INF%20/web.xml",
        "/app/META-INF/context.xml",
        "/app/x/../WEB-INF/web.xml",
        "/app/x/%2e%2e/y",
        "/app/./x",
        "/app/..;/x",
        "/app/x;a=b",
        "/app/x%3b",
        "/app/a\\b",
        "/app/%252e%252e/x",
        "/app/%00",
        "/app/%0d%0a"
      })
  void leavesOtherPathsToTheClient(String location) {
    assertThat(LocalRedirect.insideContext(location, "/app")).isNull();
  }
}
