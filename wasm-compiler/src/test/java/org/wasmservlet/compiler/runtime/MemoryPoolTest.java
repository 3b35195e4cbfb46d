package org.wasmservlet.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {
  private long now;
  private final MemoryPool pool = new MemoryPool(100, () -> now);

  @Test
  void givesBackTheSameMemoryForItsLengthOnce() {
    byte[] memory = new byte[40];
    give(memory);
    assertThat(pool.take(30)).isNull();
    assertThat(pool.take(40).bytes()).isSameAs(memory);
    assertThat(pool.take(40)).isNull();
  }

  /** Lengths that are used one after the other would else drive each other out for ever. */
  @Test
  void keepsWhatWasUsedLatelyRatherThanOneMore() {
    byte[] kept = new byte[60];
    give(kept);
    give(new byte[50]);
    assertThat(pool.take(50)).isNull();
    assertThat(pool.take(60).bytes()).isSameAs(kept);
    give(new byte[50]);
    assertThat(pool.take(50)).isNotNull();
  }

  @Test
  void makesRoomByWhatWasNotUsedForLong() {
    byte[] used = new byte[40];
    give(new byte[30]);
    give(used);
    now = TimeUnit.SECONDS.toNanos(11);
    assertThat(pool.take(40).bytes()).isSameAs(used);
    give(used);
    give(new byte[50]);
    assertThat(pool.take(30)).isNull();
    assertThat(pool.take(40).bytes()).isSameAs(used);
    assertThat(pool.take(50)).isNotNull();
  }

  @Test
  void takesNothingThatIsLongerThanAllItMayHave() {
    byte[] small = new byte[10];
    give(small);
    now = TimeUnit.SECONDS.toNanos(11);
    give(new byte[101]);
    assertThat(pool.take(101)).isNull();
    assertThat(pool.take(10).bytes()).isSameAs(small);
  }

  private void give(byte[] memory) {
    pool.give(memory, new int[0]);
  }
}
