package org.wasmservlet.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileLabelsTest {
  private static final Path A = Path.of("/srv/a/wasm/php.wasm");
  private static final Path B = Path.of("/srv/b/wasm/php.wasm");
  private static final Path C = Path.of("/srv/wasm/php.wasm");
  private static final Path RUBY = Path.of("/srv/a/wasm/ruby.wasm");

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
  void comesToAnEndWhereOnePathIsTheEndOfAnother() {
    Path shorter = Path.of("wasm/php.wasm");
    FileLabels labels = new FileLabels(List.of(shorter, A));
    assertThat(labels.of(shorter)).isEqualTo("wasm/php.wasm");
    assertThat(labels.of(A)).isEqualTo("a/wasm/php.wasm");
  }
}
