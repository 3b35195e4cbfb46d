package org.wasmservlet.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OciReferenceTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "registry.example.org/org/php-cgi:8.2,https://registry.example.org/v2/org/php-cgi/,8.2,php-cgi",
    "registry.example.org:5000/a/b/c__d:latest,https://registry.example.org:5000/v2/a/b/c__d/,latest,c__d",
    "localhost:5000/hello:1,http://localhost:5000/v2/hello/,1,hello",
    "127.0.0.1/hello:1,http://127.0.0.1/v2/hello/,1,hello",
    "[::1]:5000/hello:1,http://[::1]:5000/v2/hello/,1,hello",
    "localhost.example.org/hello:1,https://localhost.example.org/v2/hello/,1,hello",
  })
  void saysWhomToAskForWhat(String place, String base, String wanted, String name) {
    OciReference reference = OciReference.parse(place);
    assertThat(reference.base()).isEqualTo(base);
    assertThat(reference.wanted()).isEqualTo(wanted);
    assertThat(reference.name()).isEqualTo(name);
  }

  @Test
  void goesByTheDigestWhereThereIsOne() {
    assertThat(OciReference.parse("registry.example.org/org/php:8@" + DIGEST).wanted())
        .isEqualTo(DIGEST);
    assertThat(OciReference.parse("registry.example.org/org/php@" + DIGEST).wanted())
        .isEqualTo(DIGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "'',must be oci://registry/repository:tag@sha256:digest",
    "registry.example.org,must be oci://registry/repository:tag@sha256:digest",
    "registry.example.org/,must be oci://registry/repository:tag@sha256:digest",
    "registry.example.org/php,needs a tag or a digest",
    "registry.example.org/PHP:8,'''PHP'' is no name of a repository, which is in lower case'",
    "registry.example.org/a/../b:8,is no name of a repository",
    "registry.example.org/a//b:8,is no name of a repository",
    "registry.example.org/a?b:8,is no name of a repository",
    "registry.example.org/php:,is no tag",
    "registry.example.org/php:8/9,'''8/9'' is no tag'",
    "registry.example.org/php@sha512:00,a digest must be sha256: and 64 hexadecimal digits",
    "registry.example.org/php@sha256:00,a SHA-256 digest has 64 hexadecimal digits",
    "gh_cr.io/php:8,'''gh_cr.io'' is no host of a registry'",
    "registry.example.org:port/php:8,'''registry.example.org:port'' is no host of a registry'",
  })
  void refusesWhatNoRegistryWouldKnow(String place, String message) {
    assertThatThrownBy(() -> OciReference.parse(place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
