package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaVariablesTest {
  private static final ScriptPath PATH =
      new ScriptPath("/app", "/app/a.php", "/x", "/docs/a.php", "/docs");

  private final FakeRequest request = new FakeRequest();

  @Test
  void tellsServerClientAndPath() throws Exception {
    assertThat(variables())
        .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
        .containsEntry("SERVER_SOFTWARE", "Apache-Tomcat/11.0.1")
        .containsEntry("SERVER_NAME", "example.org")
        .containsEntry("SERVER_PORT", "8080")
        .containsEntry("QUERY_STRING", "")
        .containsEntry("REQUEST_URI", "/app/x")
        .containsEntry("SCRIPT_NAME", "/app/a.php")
        .containsEntry("PATH_INFO", "/x")
        .containsEntry("PATH_TRANSLATED", "/docs/x")
        .containsEntry("SCRIPT_FILENAME", "/docs/a.php")
        .containsEntry("DOCUMENT_ROOT", "/docs")
        .containsEntry("CONTEXT_PREFIX", "/app")
        .containsEntry("REDIRECT_STATUS", "200")
        .doesNotContainKeys(
            "CONTENT_LENGTH",
            "CONTENT_TYPE",
            "AUTH_TYPE",
            "REMOTE_USER",
            "REMOTE_IDENT",
            "HTTPS",
            "REDIRECT_URL",
            "PATH");
  }

  @Test
  void leavesOutWhatTheGuestMayNotBeTold() throws Exception {
    Map<String, String> variables =
        metaVariables(false)
            .of(request.asRequest(), new ScriptPath("", "/a", "/x", null, null), -1);
    assertThat(variables)
        .doesNotContainKeys("SCRIPT_FILENAME", "DOCUMENT_ROOT", "PATH_TRANSLATED")
        .containsEntry("PATH_INFO", "/x");
  }

  @Test
  void tellsTheBodyOnlyIfThereIsOne() throws Exception {
    request.getters.put("getContentType", "text/plain");
    assertThat(variables()).doesNotContainKeys("CONTENT_TYPE", "CONTENT_LENGTH");
    assertThat(metaVariables(false).of(request.asRequest(), PATH, 0))
        .containsEntry("CONTENT_TYPE", "text/plain")
        .containsEntry("CONTENT_LENGTH", "0");
  }

  @Test
  void makesTheHostOfWhatALaterProtocolWasAddressedTo() throws Exception {
    assertThat(variables()).doesNotContainKey("HTTP_HOST");
    request.getters.put("getProtocol", "HTTP/2.0");
    assertThat(variables()).containsEntry("HTTP_HOST", "example.org:8080");
    request.getters.put("getServerPort", 80);
    assertThat(variables()).containsEntry("HTTP_HOST", "example.org");
    request.getters.put("getScheme", "https");
    assertThat(variables()).containsEntry("HTTP_HOST", "example.org:80");
    request.getters.put("getServerPort", 443);
    request.getters.put("getServerName", "2001:db8::1");
    // It is the authority that counts, should a client send the other header too.
    request.headers.put("host", List.of("another.example"));
    assertThat(variables()).containsEntry("HTTP_HOST", "[2001:db8::1]");
  }

  @Test
  void joinsRepeatedHeaders() throws Exception {
    request.headers.put("Accept", List.of("a", "b"));
    request.headers.put("cookie", List.of("a=1", "b=2"));
    assertThat(variables())
        .containsEntry("HTTP_ACCEPT", "a, b")
        .containsEntry("HTTP_COOKIE", "a=1; b=2");
  }

  @Test
  void withholdsHeadersThatCouldDeceiveTheGuest() throws Exception {
    for (String name :
        List.of(
            "Proxy",
            "proxy",
            "Content-Type",
            "Content-Length",
            "Authorization",
            "Proxy-Authorization",
            "X_Y",
            "X.Y",
            "X Y",
            "")) {
      request.headers.put(name, List.of("v"));
    }
    assertThat(variables().keySet()).noneMatch(name -> name.startsWith("HTTP_"));
  }

  @Test
  void passesCredentialsIfTheRouteSaysSo() throws Exception {
    request.headers.put("Authorization", List.of("Bearer t"));
    request.headers.put("Proxy-Authorization", List.of("Bearer p"));
    assertThat(metaVariables(true).of(request.asRequest(), PATH, -1))
        .containsEntry("HTTP_AUTHORIZATION", "Bearer t")
        .doesNotContainKey("HTTP_PROXY_AUTHORIZATION");
  }

  @ParameterizedTest
  @CsvSource({"BASIC, Basic", "DIGEST, Digest", "FORM, FORM"})
  void spellsAuthenticationSchemes(String type, String spelled) throws Exception {
    request.getters.put("getAuthType", type);
    request.getters.put("getRemoteUser", "ann");
    assertThat(variables()).containsEntry("AUTH_TYPE", spelled).containsEntry("REMOTE_USER", "ann");
  }

  @Test
  void bracketsTheNameAndNotTheAddressesOfVersion6() throws Exception {
    request.getters.put("getServerName", "::1");
    request.getters.put("getLocalAddr", "[::1]");
    request.getters.put("getRemoteAddr", "[2001:db8::1]");
    assertThat(variables())
        .containsEntry("SERVER_NAME", "[::1]")
        .containsEntry("SERVER_ADDR", "::1")
        .containsEntry("REMOTE_ADDR", "2001:db8::1");
  }

  @Test
  void tellsTheOriginalUriAfterAForward() throws Exception {
    request.getters.put("getDispatcherType", DispatcherType.FORWARD);
    request.getters.put("getQueryString", "new=1");
    request.attributes.put("jakarta.servlet.forward.request_uri", "/app/old%20page;j=1");
    request.attributes.put("jakarta.servlet.forward.query_string", "old=1");
    assertThat(variables())
        .containsEntry("REQUEST_URI", "/app/old%20page;j=1?old=1")
        .containsEntry("QUERY_STRING", "new=1")
        .containsEntry("REDIRECT_URL", "/app/old page")
        .containsEntry("REDIRECT_QUERY_STRING", "old=1");
  }

  @Test
  void tellsTheStatusOnAnErrorPage() throws Exception {
    request.getters.put("getDispatcherType", DispatcherType.ERROR);
    request.attributes.put("jakarta.servlet.error.request_uri", "/app/missing");
    request.attributes.put("jakarta.servlet.error.status_code", 404);
    assertThat(variables())
        .containsEntry("REQUEST_URI", "/app/missing")
        .containsEntry("REDIRECT_STATUS", "404")
        .containsEntry("REDIRECT_URL", "/app/missing");
  }

  @Test
  void tellsOfTls() throws Exception {
    request.getters.put("isSecure", true);
    request.attributes.put("jakarta.servlet.request.cipher_suite", "TLS_AES_256_GCM_SHA384");
    request.attributes.put("jakarta.servlet.request.key_size", 256);
    assertThat(variables())
        .containsEntry("HTTPS", "on")
        .containsEntry("SSL_CIPHER", "TLS_AES_256_GCM_SHA384")
        .containsEntry("SSL_CIPHER_USEKEYSIZE", "256")
        .doesNotContainKey("SSL_PROTOCOL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Apache Tomcat/11.0.1 (comment)", "Apache  Tomcat/11.0.1"})
  void makesOneTokenOfTheServersName(String serverInfo) throws Exception {
    assertThat(new MetaVariables(serverInfo, false).of(request.asRequest(), PATH, -1))
        .containsEntry("SERVER_SOFTWARE", "Apache-Tomcat/11.0.1");
  }

  @Test
  void refusesNul() {
    ScriptPath path = new ScriptPath("", "/a", "/x\0y", null, null);
    assertThatThrownBy(() -> metaVariables(false).of(request.asRequest(), path, -1))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("a NUL character in PATH_INFO");
  }

  @Property
  void neverEmitsAProxyACredentialOrANul(@ForAll("headers") Map<String, String> headers)
      throws Exception {
    FakeRequest any = new FakeRequest();
    headers.forEach((name, value) -> any.headers.put(name, List.of(value)));
    Map<String, String> variables;
    try {
      variables = metaVariables(false).of(any.asRequest(), PATH, -1);
    } catch (BadRequestException e) {
      assertThat(headers.values()).anyMatch(value -> value.indexOf('\0') >= 0);
      return;
    }
    assertThat(variables)
        .doesNotContainKeys("HTTP_PROXY", "HTTP_AUTHORIZATION", "HTTP_CONTENT_LENGTH")
        .allSatisfy(
            (name, value) -> {
              assertThat(name).matches("[A-Z0-9_]+");
              assertThat(value).doesNotContain("\0");
            });
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("Proxy", "PROXY", "proxy_", "Authorization", "Content_Length", "X-A"),
            Arbitraries.strings().ascii().ofMaxLength(8));
    Arbitrary<String> values = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(8);
    return Arbitraries.maps(names, values).ofMaxSize(6);
  }

  private Map<String, String> variables() throws BadRequestException {
    return metaVariables(false).of(request.asRequest(), PATH, -1);
  }

  private static MetaVariables metaVariables(boolean passAuthorization) {
    return new MetaVariables("Apache Tomcat/11.0.1", passAuthorization);
  }
}
