package org.wasmservlet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.core.Outcome;

/** What a program sends on its connection is read as records, and nothing else is let through. */
class FastCgiOutputTest {
  private static final int END = 3;
  private static final int STDOUT = 6;
  private static final int STDERR = 7;
  private static final byte[] COMPLETE = new byte[8];

  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final FastCgiOutput output = new FastCgiOutput(answer, log);

  @Test
  void dividesAnswerAndErrors() throws IOException {
    output.write(record(STDOUT, "Content-Type: a/b\n\nbo", 3));
    output.write(record(STDERR, "oops\n", 0));
    output.write(record(STDOUT, "dy", 6));
    output.write(record(STDOUT, "", 0));
    assertThat(output.isWhole()).isFalse();
    output.write(record(END, COMPLETE, 0));
    assertThat(output.isWhole()).isTrue();
    assertThat(answer).hasToString("Content-Type: a/b\n\nbody");
    assertThat(log).hasToString("oops\n");
    assertThat(output.outcome(new Outcome.Success())).isEqualTo(new Outcome.Success());
  }

  @Test
  void takesRecordsInAnyPieces() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      all.writeBytes(record(i % 3 == 0 ? STDERR : STDOUT, "x".repeat(i * 7), i % 9));
    }
    all.writeBytes(record(END, COMPLETE, 5));
    byte[] bytes = all.toByteArray();
    Random random = new Random(7);
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, random.nextInt(20));
      output.write(bytes, at, count);
      at += count;
    }
    int out = 0;
    int err = 0;
    for (int i = 0; i < 50; i++) {
      if (i % 3 == 0) {
        err += i * 7;
      } else {
        out += i * 7;
      }
    }
    assertThat(answer.size()).isEqualTo(out);
    assertThat(log.size()).isEqualTo(err);
    assertThat(output.isWhole()).isTrue();
  }

  @Test
  void passesOnWhatThereIsOfARecord() throws IOException {
    byte[] record = record(STDOUT, "whole", 0);
    output.write(record, 0, 11);
    assertThat(answer).hasToString("who");
    output.write(record, 11, 2);
    assertThat(answer).hasToString("whole");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, -1})
  void takesTheApplicationStatusForTheExitCode(int code) throws IOException {
    byte[] end = {
      (byte) (code >> 24), (byte) (code >> 16), (byte) (code >> 8), (byte) code, 0, 9, 9, 9
    };
    output.write(record(END, end, 0));
    assertThat(output.outcome(new Outcome.Success())).isEqualTo(new Outcome.Exit(code));
  }

  @Test
  void leavesAnotherOutcomeAsItIs() throws IOException {
    output.write(record(STDOUT, "x", 0));
    assertThat(output.outcome(new Outcome.Exit(3))).isEqualTo(new Outcome.Exit(3));
    assertThat(output.isWhole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6, 1, 0, a record of version 0",
    "2, 6, 1, 0, a record of version 2",
    "1, 6, 0, 0, a record of request 0",
    "1, 6, 2, 0, a record of request 2",
    "1, 6, 65535, 0, a record of request 65535",
    "1, 0, 1, 0, a record of type 0",
    "1, 1, 1, 0, a record of type 1",
    "1, 5, 1, 0, a record of type 5",
    "1, 10, 1, 0, a record of type 10",
    "1, 255, 1, 0, a record of type 255",
    "1, 3, 1, 0, an FCGI_END_REQUEST of 0 bytes",
    "1, 3, 1, 65535, an FCGI_END_REQUEST of 65535 bytes",
  })
  void refusesWhatIsNoRecordOfTheRequest(
      int version, int type, int request, int length, String reason) {
    byte[] header = {
      (byte) version,
      (byte) type,
      (byte) (request >> 8),
      (byte) request,
      (byte) (length >> 8),
      (byte) length,
      0,
      0
    };
    assertThatThrownBy(() -> output.write(header))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessage("FastCGI: " + reason);
    assertThat(answer.size()).isZero();
  }

  @Test
  void refusesWhatComesAfterTheEnd() throws IOException {
    output.write(record(END, COMPLETE, 0));
    assertThatThrownBy(() -> output.write(record(STDOUT, "more", 0)))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("after FCGI_END_REQUEST");
    assertThat(answer.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 255})
  void refusesARequestThatTheProgramHas(int status) {
    byte[] end = COMPLETE.clone();
    end[4] = (byte) status;
    assertThatThrownBy(() -> output.write(record(END, end, 0)))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("protocol status " + status);
  }

  @Test
  void tellsAnAnswerThatIsNotWholeFromNone() throws IOException {
    assertThatThrownBy(() -> output.outcome(new Outcome.Success()))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("nothing on the connection");
    output.write(record(STDOUT, "x", 0));
    assertThatThrownBy(() -> output.outcome(new Outcome.Success()))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("no FCGI_END_REQUEST");
  }

  /** Random bytes are refused or taken, and what they say of lengths costs nothing. */
  @Test
  void survivesAnyBytes() {
    Random random = new Random(11);
    for (int run = 0; run < 2000; run++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 4 && run % 2 == 0) {
        bytes[0] = 1;
        bytes[1] = (byte) (random.nextBoolean() ? STDOUT : END);
        bytes[2] = 0;
        bytes[3] = 1;
      }
      FastCgiOutput any =
          new FastCgiOutput(new ByteArrayOutputStream(), new ByteArrayOutputStream());
      try {
        any.write(bytes);
        any.outcome(new Outcome.Success());
      } catch (IOException e) {
        assertThat(e).isInstanceOf(MalformedResponseException.class);
      }
    }
  }

  private static byte[] record(int type, String content, int padding) {
    return record(type, content.getBytes(UTF_8), padding);
  }

  private static byte[] record(int type, byte[] content, int padding) {
    byte[] record = Arrays.copyOf(new byte[] {1, (byte) type, 0, 1}, 8 + content.length + padding);
    record[4] = (byte) (content.length >> 8);
    record[5] = (byte) content.length;
    record[6] = (byte) padding;
    System.arraycopy(content, 0, record, 8, content.length);
    return record;
  }
}
