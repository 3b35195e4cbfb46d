package org.wasmservlet.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileLabelsTest {
  private static final String A = "/srv/a/wasm/php.wasm";
  private static final String B = "/srv/b/wasm/php.wasm";
  private static final String C = "/srv/wasm/php.wasm";
  private static final String RUBY = "/srv/a/wasm/ruby.wasm";

  @Test
  void tellsNoMoreThanTheNameWhereThatIsEnough() {
    FileLabels labels = new FileLabels(List.of(A, RUBY, A));
    assertThat(labels.of(A)).isEqualTo("php.wasm");
    assertThat(labels.of(RUBY)).isEqualTo("ruby.wasm");
  }

  @Test
  void tellsFilesOfOneNameApartByTheirDirectories() {
    FileLabels labels = new FileLabels(List.of(A, B, C, RUBY));
    assertThat(labels.of(A)).isEqualTo("a/wasm/php.wasm");
    assertThat(labels.of(B)).isEqualTo("b/wasm/php.wasm");
    assertThat(labels.of(C)).isEqualTo("/srv/wasm/php.wasm");
    assertThat(labels.of(RUBY)).isEqualTo("ruby.wasm");
  }

  @Test
  void callsReferencesWhatTheyAre() {
    String reference = "oci://localhost:5000/php:8@sha256:00";
    FileLabels labels = new FileLabels(List.of(A, reference));
    assertThat(labels.of(reference)).isEqualTo(reference);
    assertThat(labels.of(A)).isEqualTo("php.wasm");
  }

  @Test
  void comesToAnEndWhereOnePathIsTheEndOfAnother() {
    String shorter = "wasm/php.wasm";
    FileLabels labels = new FileLabels(List.of(shorter, A));
    assertThat(labels.of(shorter)).isEqualTo("wasm/php.wasm");
    assertThat(labels.of(A)).isEqualTo("a/wasm/php.wasm");
  }
}
