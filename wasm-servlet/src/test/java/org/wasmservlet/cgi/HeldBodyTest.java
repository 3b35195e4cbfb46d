package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBodyTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        HeldBody.IN_MEMORY_AT_MOST,
        HeldBody.IN_MEMORY_AT_MOST + 1,
        3 * HeldBody.IN_MEMORY_AT_MOST
      })
  void givesBackWhatWasWrittenAndLeavesNoFile(int length) throws Exception {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (HeldBody body = new HeldBody(directory)) {
      for (int at = 0; at < length; at += 1000) {
        body.write(bytes, at, Math.min(1000, length - at));
      }
      body.sendTo(sent);
      // Nothing would stay if the JVM were killed now.
      assertThat(directory).isEmptyDirectory();
    }
    assertThat(sent.toByteArray()).isEqualTo(bytes);
    assertThat(directory).isEmptyDirectory();
  }
}
