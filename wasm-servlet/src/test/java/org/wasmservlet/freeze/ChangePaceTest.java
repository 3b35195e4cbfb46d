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
  void aChangeAfterARestIsTakenUpAtOnceAndSoAreSomeMore() {
    for (int change = 0; change < 7; change++) {
      long now = START + seconds(change);
      assertThat(pace.allows(now)).isTrue();
      pace.froze(now + seconds(1), seconds(1));
    }
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
    assertThat(frozen).isBetween(seconds(120), seconds(130));
  }

  @Test
  void oneThatTakesAMinuteIsFollowedByTheNextAfterTenSeconds() {
    for (int change = 0; change < 4; change++) {
      assertThat(pace.allows(START)).isTrue();
      pace.froze(START, seconds(60));
    }
    assertThat(pace.allows(START + seconds(9))).isFalse();
    assertThat(pace.allows(START + seconds(10))).isTrue();
  }

  private static long seconds(long value) {
    return Duration.ofSeconds(value).toNanos();
  }

  private static long millis(long value) {
    return Duration.ofMillis(value).toNanos();
  }
}
