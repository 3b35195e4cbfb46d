package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledBodyTest {
  private static final long LIMIT = 1 << 20;

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        SpooledBody.IN_MEMORY_AT_MOST - 1,
        SpooledBody.IN_MEMORY_AT_MOST,
        SpooledBody.IN_MEMORY_AT_MOST + 1,
        500_000,
        (int) LIMIT
      })
  void keepsEveryByteAndLeavesNoFile(int size) throws IOException {
    byte[] body = randomBytes(size);
    try (SpooledBody spooled = SpooledBody.read(new ByteArrayInputStream(body), LIMIT, dir)) {
      assertThat(spooled.length()).isEqualTo(size);
      // Nothing would stay if the JVM were killed now.
      assertThat(dir).isEmptyDirectory();
      assertThat(spooled.stream().readAllBytes()).isEqualTo(body);
    }
    assertThat(dir).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, SpooledBody.IN_MEMORY_AT_MOST, 200_000})
  void refusesABodyAboveTheLimitAndLeavesNoFile(long limit) {
    InputStream body = new ByteArrayInputStream(randomBytes((int) limit + 1));
    assertThatThrownBy(() -> SpooledBody.read(body, limit, dir))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.status()).isEqualTo(413));
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void refusesABodyThatBreaksOffAndLeavesNoFile() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(randomBytes(100_000)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> SpooledBody.read(broken, LIMIT, dir))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.status()).isEqualTo(400));
    assertThat(dir).isEmptyDirectory();
  }

  /** It is meant for the guest that reads. */
  @Test
  void isReadOnAfterAnInterruption() throws IOException {
    byte[] body = randomBytes(500_000);
    try (SpooledBody spooled = SpooledBody.read(new ByteArrayInputStream(body), LIMIT, dir)) {
      Thread.currentThread().interrupt();
      assertThat(spooled.stream().readAllBytes()).isEqualTo(body);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void endsADeclaredBodyWhereItWasDeclaredToEnd() throws IOException {
    InputStream connection = new ByteArrayInputStream("bodyGET / HTTP/1.1".getBytes());
    assertThat(new ExactInput(connection, 4, () -> false).readAllBytes())
        .isEqualTo("body".getBytes());
    assertThat(connection.available()).isEqualTo(14);
  }

  @Test
  void reportsADeclaredBodyThatIsTooShort() {
    InputStream in = new ExactInput(new ByteArrayInputStream(new byte[3]), 10, () -> false);
    assertThatThrownBy(in::readAllBytes)
        .isInstanceOf(BadRequestException.class)
        .hasMessage("the client sent 3 of the 10 bytes it declared");
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
