package org.wasmservlet.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangePaceTest {
  /** Clocks of this kind may begin anywhere, also shortly before they wrap around. */
  private static final long START = Long.MAX_VALUE - seconds(3);

  private final ChangePace pace = new ChangePace(START);

  @Test
  void filesAreLookedAtFourTimesASecond() {
    assertThat(pace.lookEvery()).isEqualTo(millis(250));
    pace.looked(millis(1));
    assertThat(pace.lookEvery()).isEqualTo(millis(250));
  }

  @Test
  void filesThatTakeLongToLookAtAreLookedAtLessOftenButOnceASecond() {
    pace.looked(millis(5));
    assertThat(pace.lookEvery()).isEqualTo(millis(500));
    pace.looked(seconds(3));
    assertThat(pace.lookEvery()).isEqualTo(seconds(1));
    pace.looked(millis(1));
    assertThat(pace.lookEvery()).isEqualTo(millis(250));
  }

  @Test
  void aChangeAfterARestIsTakenUpAtOnceAndSoIsTheNext() {
    assertThat(pace.allows(START)).isTrue();
    pace.froze(START + seconds(1), seconds(1));
    assertThat(pace.allows(START + seconds(1))).isTrue();
    pace.froze(START + seconds(2), seconds(1));
    assertThat(pace.allows(START + seconds(2))).isTrue();
  }

  @Test
  void filesThatChangeAllTheTimeTakeAFifthOfIt() {
    long now = START;
    long frozen = 0;
    while (now - START < seconds(600)) {
      if (pace.allows(now)) {
        now += seconds(1);
        frozen += seconds(1);
        pace.froze(now, seconds(1));
      } else {
        now += millis(250);
      }
    }
    assertThat(frozen).isBetween(seconds(118), seconds(125));
  }

  @Test
  void oneThatTakesAMinuteIsFollowedByTheNextAfterTenSeconds() {
    pace.froze(START, seconds(60));
    assertThat(pace.allows(START)).isTrue();
    pace.froze(START + seconds(60), seconds(60));
    pace.froze(START + seconds(120), seconds(60));
    assertThat(pace.allows(START + seconds(120))).isTrue();
    pace.froze(START + seconds(120), seconds(60));
    assertThat(pace.allows(START + seconds(129))).isFalse();
    assertThat(pace.allows(START + seconds(130))).isTrue();
  }

  private static long seconds(long value) {
    return Duration.ofSeconds(value).toNanos();
  }

  private static long millis(long value) {
    return Duration.ofMillis(value).toNanos();
  }
}
