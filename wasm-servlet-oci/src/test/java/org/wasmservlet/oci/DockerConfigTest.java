package org.wasmservlet.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docker login has kept is found, and never told. */
class DockerConfigTest {
  private static final String SECRET = "c2VjcmV0c2VjcmV0";

  @RegisterExtension final DockerFiles docker = new DockerFiles();

  @Test
  void isWhereDockerHasIt() {
    assertThat(DockerConfig.file(Map.of(), "/home/me"))
        .isEqualTo(Path.of("/home/me/.docker/config.json"));
    assertThat(DockerConfig.file(Map.of("DOCKER_CONFIG", "/etc/docker"), "/home/me"))
        .isEqualTo(Path.of("/etc/docker/config.json"));
  }

  @Test
  void nothingIsKnownWhereThereIsNoFile() throws Exception {
    assertThat(of("registry.example.org")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.org,registry.example.org",
    "https://registry.example.org,registry.example.org",
    "https://registry.example.org/v1/,registry.example.org",
    "localhost:5000,localhost:5000"
  })
  void aRegistryIsFoundByWhateverNameItWasLoggedInto(String key, String host) throws Exception {
    docker.configuration(DockerFiles.auth(key, "me:a:password"));
    // me:a:password
    assertThat(basic(host)).isEqualTo("Basic bWU6YTpwYXNzd29yZA==");
    assertThat(of("other.example.org")).isEmpty();
  }

  @Test
  void aUserAndAPasswordMayStandThere() throws Exception {
    docker.configuration(
        "{\"auths\":{\"registry.example.org\":{\"username\":\"me\",\"password\":\"a:password\"}}}");
    assertThat(basic("registry.example.org")).isEqualTo("Basic bWU6YTpwYXNzd29yZA==");
  }

  @Test
  void aProgramIsAskedThatIsNamedForTheRegistryOrForAll() throws Exception {
    docker.helper(
        "one",
        "read server; echo \"{\\\"Username\\\":\\\"$server\\\",\\\"Secret\\\":\\\"$1\\\"}\"");
    docker.helper("none", "echo 'credentials not found in native keychain'; exit 1");
    docker.configuration(
        "{\"auths\":{\"b.org\":{}},\"credHelpers\":{\"a.org:5000\":\"one\"},\"credsStore\":\"none\"}");
    assertThat(basic("a.org:5000")).isEqualTo(new Credentials("a.org:5000", "get").basic());
    assertThat(of("b.org")).isEmpty();
    docker.configuration("{\"auths\":{\"b.org\":{}},\"credsStore\":\"one\"}");
    assertThat(basic("b.org")).isEqualTo(new Credentials("b.org", "get").basic());
  }

  @Test
  void anIdentityTokenCountsBeforeAPasswordAndIsWhatAProgramCallsOne() throws Exception {
    docker.configuration(DockerFiles.identity("a.org", "token"));
    assertThat(of("a.org")).hasValueSatisfying(DockerConfigTest::isTheToken);
    docker.helper("one", "echo '{\"Username\":\"<token>\",\"Secret\":\"token\"}'");
    docker.configuration("{\"credsStore\":\"one\"}");
    assertThat(of("a.org")).hasValueSatisfying(DockerConfigTest::isTheToken);
    docker.configuration(DockerFiles.auth("a.org", "user:password"));
    assertThat(of("a.org")).hasValueSatisfying(user -> assertThat(user.isIdentity()).isFalse());
  }

  private static void isTheToken(Credentials credentials) {
    assertThat(credentials.isIdentity()).isTrue();
    assertThat(credentials.secret()).isEqualTo("token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat >/dev/null; echo secretsecret; echo secretsecret >&2; exit 3|ends with exit code 3",
        "echo secretsecret|is not JSON",
        "echo '{\"Secret\":\"secretsecret\"}'|says no user name or no secret"
      })
  void aProgramThatFailsIsTold(String script, String message) throws Exception {
    docker.helper("bad", script);
    docker.configuration("{\"credsStore\":\"bad\"}");
    assertThatThrownBy(() -> of("registry.example.org"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(docker.file().toString())
        .hasMessageContaining("docker-credential-bad")
        .hasMessageContaining(message)
        .hasMessageNotContaining("secretsecret");
  }

  @Test
  void aProgramThatDoesNotAnswerIsGivenUp() throws Exception {
    docker.helper("silent", "exec sleep 60");
    docker.configuration("{\"credsStore\":\"silent\"}");
    assertThatThrownBy(() -> config(Duration.ofSeconds(1)).of("registry.example.org"))
        .hasMessageEndingWith("docker-credential-silent has not answered after 1 s");
  }

  @Test
  void aProgramThatIsNotThereOrNoneIsTold() throws Exception {
    docker.configuration("{\"credsStore\":\"missing\"}");
    assertThatThrownBy(() -> of("registry.example.org"))
        .hasMessageContaining("docker-credential-missing");
    docker.configuration("{\"credsStore\":\"../../tmp/x\"}");
    assertThatThrownBy(() -> of("registry.example.org"))
        .hasMessageContaining("is no name of a program");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auths\":{\"registry.example.org\":{\"auth\":\"" + SECRET + "\"}}",
        "{\"auths\":{\"registry.example.org\":{\"auth\":" + SECRET + "}}}",
        "\"" + SECRET + "\"",
        "{\"auths\":{\"registry.example.org\":{\"auth\":\"" + SECRET + "\"}}}",
        "{\"auths\":{\"registry.example.org\":{\"auth\":\"*" + SECRET + "\"}}}"
      })
  void aFileThatCannotBeUsedIsNamedAndNothingInItTold(String content) throws Exception {
    docker.configuration(content);
    assertThatThrownBy(() -> of("registry.example.org"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(docker.file().toString())
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining("secretsecret")
        .hasStackTraceContaining("DockerConfig")
        .satisfies(
            thrown -> {
              for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
              }
            });
  }

  @Test
  void aFileThatIsTooLargeOrNoneIsNamed() throws Exception {
    docker.configuration("{\"x\":\"" + "x".repeat(1 << 20) + "\"}");
    assertThatThrownBy(() -> of("registry.example.org"))
        .hasMessageContaining(docker.file() + " cannot be read: has more than 1048576 bytes");
    Files.delete(docker.file());
    Files.createDirectory(docker.file());
    assertThatThrownBy(() -> of("registry.example.org"))
        .hasMessageContaining(docker.file() + " cannot be read: ");
  }

  private String basic(String host) throws IOException {
    return of(host).orElseThrow().basic();
  }

  private Optional<Credentials> of(String host) throws IOException {
    return config(Duration.ofSeconds(30)).of(host);
  }

  private static DockerConfig config(Duration patience) {
    return new DockerConfig(
        DockerConfig.file(System.getenv(), "/nowhere"),
        new CredentialHelper(name -> "docker-credential-" + name, patience));
  }
}
