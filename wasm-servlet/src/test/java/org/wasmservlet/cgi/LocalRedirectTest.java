package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRedirectTest {
  @ParameterizedTest
  @CsvSource({
    "/app/x, /app/x, /x,",
    "/app/x?a=/../b, /app/x, /x, a=/../b",
    "/app/x?, /app/x, /x, ''",
    "/app/, /app/, /,",
    "/app/x/, /app/x/, /x/,",
    "/app/a%20b, /app/a%20b, /a b,",
    "/app/%C3%BC, /app/%C3%BC, /ü,"
  })
  void dividesPathsInsideTheContext(String location, String uri, String path, String query) {
    assertThat(LocalRedirect.of(location, "/app")).isEqualTo(new LocalRedirect(uri, path, query));
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
        "/app//x",
        "/app/x//",
        "/app/x/%2Fy",
        "/app/WEB-INF%20/web.xml",
        "/app/META-INF/context.xml",
        "/app/x/../WEB-INF/web.xml",
        "/app/x/%2e%2e/y",
        "/app/./x",
        "/app/..;/x",
        "/app/x;a=b",
        "/app/x%3b",
        "/app/a\\b",
        "/app/a%5cb",
        "/app/%252e%252e/x",
        "/app/%00",
        "/app/%0d%0a",
        "/app/%FC",
        "/app/x#fragment",
        "/app/a b",
        "/app/x?a b",
        "/app/\u00fc"
      })
  void leavesOtherPathsToTheClient(String location) {
    assertThat(LocalRedirect.of(location, "/app")).isNull();
  }
}
