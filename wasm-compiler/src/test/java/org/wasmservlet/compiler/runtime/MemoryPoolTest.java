package org.wasmservlet.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {
  private long now;
  private final IdleMemory all = new IdleMemory(100, () -> now);
  private final MemoryPool pool = new MemoryPool(all);
  private final MemoryPool other = new MemoryPool(all);

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

  @Test
  void poolsHaveNoMoreTogetherThanOneMayHave() {
    give(new byte[60]);
    other.give(new byte[50], new int[0]);
    assertThat(other.take(50)).isNull();
    assertThat(all.bytes()).isEqualTo(60);
    other.give(new byte[40], new int[0]);
    assertThat(all.bytes()).isEqualTo(100);
    assertThat(pool.take(60)).isNotNull();
    assertThat(other.take(40)).isNotNull();
    assertThat(all.bytes()).isZero();
  }

  @Test
  void aPoolMakesRoomByWhatAnotherHasNotUsedForLong() {
    give(new byte[60]);
    now = TimeUnit.SECONDS.toNanos(11);
    byte[] memory = new byte[50];
    other.give(memory, new int[0]);
    assertThat(pool.take(60)).isNull();
    assertThat(other.take(50).bytes()).isSameAs(memory);
  }

  @Test
  void whatRestsForMinutesGoesThoughThereIsRoom() {
    give(new byte[30]);
    now = TimeUnit.SECONDS.toNanos(299);
    other.give(new byte[10], new int[0]);
    assertThat(all.bytes()).isEqualTo(40);
    now = TimeUnit.SECONDS.toNanos(330);
    other.give(new byte[20], new int[0]);
    assertThat(all.bytes()).isEqualTo(30);
    assertThat(pool.take(30)).isNull();
    assertThat(other.take(10)).isNotNull();
  }

  @Test
  void keepsSoManyAtMostAndThenThoseThatAreUsed() {
    IdleMemory large = new IdleMemory(1 << 20, () -> now);
    MemoryPool many = new MemoryPool(large);
    for (int length = 1; length <= 300; length++) {
      many.give(new byte[length], new int[0]);
    }
    assertThat(many.take(256)).isNotNull();
    assertThat(many.take(257)).isNull();
    now = TimeUnit.SECONDS.toNanos(11);
    many.give(new byte[400], new int[0]);
    many.give(new byte[500], new int[0]);
    assertThat(many.take(400)).isNotNull();
    assertThat(many.take(500)).isNotNull();
  }

  @Test
  void whatAPoolHadThatWasCollectedIsFreeAgain() throws Exception {
    abandonFullPool();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    byte[] memory = new byte[100];
    while (true) {
      System.gc();
      other.give(memory, new int[0]);
      if (other.take(100) != null) {
        break;
      }
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(all.bytes()).isZero();
  }

  private void abandonFullPool() {
    new MemoryPool(all).give(new byte[100], new int[0]);
    assertThat(all.bytes()).isEqualTo(100);
  }

  /** Threads that give and take as they come, while time goes on and what is stale goes. */
  @Test
  void noMemoryIsHadTwiceAndNoneIsCountedThatIsNotThere() throws Exception {
    int threads = 4;
    AtomicLong clock = new AtomicLong();
    IdleMemory shared = new IdleMemory(2_000, clock::get);
    List<MemoryPool> pools =
        List.of(new MemoryPool(shared), new MemoryPool(shared), new MemoryPool(shared));
    Set<byte[]> had =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Random random = new Random(thread);
        ends.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < 50_000; i++) {
                    MemoryPool one = pools.get(random.nextInt(pools.size()));
                    int length = 100 * (1 + random.nextInt(6));
                    UsedMemory taken = one.take(length);
                    byte[] memory = taken == null ? new byte[length] : taken.bytes();
                    assertThat(memory).hasSize(length);
                    assertThat(had.add(memory)).isTrue();
                    assertThat(shared.bytes()).isBetween(0L, 2_000L);
                    had.remove(memory);
                    one.give(memory, new int[0]);
                    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50)));
                  }
                  return null;
                }));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      executor.shutdownNow();
    }
    long there = 0;
    for (MemoryPool each : pools) {
      for (int length = 100; length <= 600; length += 100) {
        for (UsedMemory left = each.take(length); left != null; left = each.take(length)) {
          there += left.bytes().length;
        }
      }
    }
    assertThat(there).isPositive();
    assertThat(shared.bytes()).isZero();
  }

  private void give(byte[] memory) {
    pool.give(memory, new int[0]);
  }
}
