package org.wasmservlet.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0004, 0.40 µs",
    "0.9994, 999 µs",
    "1, 1.00 ms",
    "12.34, 12.3 ms",
    "999.4, 999 ms",
    "1000, 1.00 s",
    "59990, 60.0 s",
    "61000, 1 min 1 s",
    "3661000, 1 h 1 min",
    "90000000, 1 d 1 h"
  })
  void showsTimes(double millis, String text) {
    assertThat(Numbers.millis(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 bytes", "999, 999 bytes", "1000, 0.98 KB", "268435456, 256 MB"})
  void showsSizes(long bytes, String text) {
    assertThat(Numbers.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 0%", "1, 5000, < 0.1%", "1, 3, 33.3%", "9, 5, 100%", "1, 0, 0%"})
  void showsShares(long part, long whole, String text) {
    assertThat(Numbers.percent(part, whole)).isEqualTo(text);
  }

  @Test
  void showsAMoment() {
    assertThat(Numbers.time(Instant.ofEpochSecond(0))).isEqualTo("1970-01-01 00:00:00 UTC");
    assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
  }
}
