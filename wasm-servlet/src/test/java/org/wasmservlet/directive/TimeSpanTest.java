package org.wasmservlet.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "30 S, PT30S",
    "1.5m, PT1M30S",
    "2min, PT2M",
    "2h, PT2H",
    "0.25sec, PT0.25S"
  })
  void readsWhatPeopleWrite(String text, Duration expected) {
    assertThat(TimeSpan.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1d", "1 s s", "999999999h", "1e3s"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void readsOrRefusesAnything(@ForAll String text) {
    try {
      assertThat(TimeSpan.parse(text)).isGreaterThanOrEqualTo(Duration.ZERO);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("not a time;.*|a time of.*");
    }
  }
}
