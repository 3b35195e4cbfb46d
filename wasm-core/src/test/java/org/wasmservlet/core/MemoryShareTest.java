package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each of several users can count on, whatever the others do. */
@Timeout(60)
class MemoryShareTest {
  private static final int PAGE = 65536;
  private static final long ANY = Long.MAX_VALUE;
  private static final long NOT_AT_ALL = 0;
  private static final long LONG = TimeUnit.SECONDS.toNanos(50);

  private final MemoryBudget budget = new MemoryBudget(100);
  private final MemoryShare greedy = budget.share();
  private final MemoryShare other = budget.share();

  @Test
  void isAnEqualPartOfOneHalf() throws Exception {
    assertThat(budget.guaranteed()).isEqualTo(25);
    budget.limit(200);
    assertThat(budget.guaranteed()).isEqualTo(50);
    budget.share().close();
    assertThat(budget.guaranteed()).isEqualTo(50);
    MemoryShare third = budget.share();
    assertThat(budget.guaranteed()).isEqualTo(33);
    third.close();
    other.close();
    other.close();
    assertThat(budget.guaranteed()).isEqualTo(100);
    greedy.close();
    assertThat(budget.guaranteed()).isZero();
  }

  @Test
  void isKeptFromThoseWhoAskForMore() {
    assertThat(greedy.reserve(76)).isFalse();
    assertThat(greedy.reserve(75)).isTrue();
    assertThat(greedy.reserve(1)).isFalse();
    assertThat(budget.rest().reserve(1)).isFalse();
    assertThat(other.reserve(26)).isFalse();
    assertThat(other.reserve(24)).isTrue();
    assertThat(greedy.reserve(1)).isFalse();
    assertThat(other.reserve(1)).isTrue();
    assertThat(budget.reserved()).isEqualTo(100);
    greedy.release(30);
    // What is free now is nobody's, for the other one has more than its own already.
    assertThat(other.reserve(30)).isTrue();
    assertThat(greedy.reserved()).isEqualTo(45);
  }

  @Test
  void leavesRoomForTheProgramThatBeginsWithMost() throws Exception {
    assertThat(greedy.await(90, 90, NOT_AT_ALL)).isEqualTo(90);
    assertThat(budget.guaranteed()).isEqualTo(10);
    assertThat(other.reserve(11)).isFalse();
    assertThat(other.reserve(10)).isTrue();
    greedy.release(90);
    assertThat(other.reserve(70)).isTrue();
  }

  @Test
  void letsARunWaitForWhatIsTaken() throws Exception {
    assertThat(other.reserve(25)).isTrue();
    assertThat(greedy.reserve(75)).isTrue();
    assertThat(other.await(10, 10, NOT_AT_ALL)).isEqualTo(-1);
    assertThat(other.await(10, 10, TimeUnit.MILLISECONDS.toNanos(20))).isEqualTo(-1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Long> waiting = executor.submit(() -> other.await(10, 10, LONG));
      awaitThatItWaits(1);
      // It goes first: whoever has more than its own gets nothing more.
      greedy.release(5);
      assertThat(greedy.reserve(5)).isFalse();
      greedy.release(5);
      assertThat(waiting.get()).isEqualTo(10);
      assertThat(budget.reserved()).isEqualTo(100);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void letsTheRunOfThePoorerOneBeginFirst() throws Exception {
    try (MemoryShare third = budget.share()) {
      // A sixth is sure: 16.
      assertThat(greedy.reserve(60)).isTrue();
      assertThat(other.reserve(16)).isTrue();
      assertThat(third.reserve(20)).isTrue();
      ExecutorService executor = Executors.newFixedThreadPool(2);
      try {
        Future<Long> richer = executor.submit(() -> greedy.await(10, 10, LONG));
        awaitThatItWaits(1);
        Future<Long> poorer = executor.submit(() -> other.await(10, 10, LONG));
        awaitThatItWaits(2);
        third.release(4);
        greedy.release(4);
        assertThat(poorer.get()).isEqualTo(10);
        assertThat(richer.isDone()).isFalse();
        greedy.release(10);
        assertThat(richer.get()).isEqualTo(10);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  @Test
  void learnsWhatRunsComeTo() throws Exception {
    other.ended(20);
    assertThat(other.await(1, ANY, NOT_AT_ALL)).isEqualTo(20);
    other.release(20);
    assertThat(greedy.reserve(75)).isTrue();
    assertThat(other.reserve(10)).isTrue();
    // As many are not there; with what it begins with it may try.
    assertThat(other.await(1, ANY, NOT_AT_ALL)).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      other.ended(5);
    }
    assertThat(other.await(1, ANY, NOT_AT_ALL)).isEqualTo(5);
    // More than there can ever be does not keep it waiting.
    greedy.release(75);
    greedy.ended(1000);
    other.release(16);
    assertThat(greedy.await(1, ANY, NOT_AT_ALL)).isEqualTo(75);
  }

  /** Or all of the first requests would begin, and none of them could grow. */
  @Test
  void expectsTheFirstRunsToComeToMoreThanTheyBeginWith() throws Exception {
    assertThat(greedy.await(10, ANY, NOT_AT_ALL)).isEqualTo(40);
    // Not more than the run may have.
    assertThat(greedy.await(10, 15, NOT_AT_ALL)).isEqualTo(15);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Long> waiting = executor.submit(() -> greedy.await(10, ANY, LONG));
      awaitThatItWaits(1);
      greedy.ended(12);
      greedy.release(1);
      // It began as soon as one had shown what they come to, not when there was room for 40.
      assertThat(waiting.get()).isEqualTo(12);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void endsAWaitWithTheThread() throws Exception {
    assertThat(greedy.reserve(75)).isTrue();
    Thread.currentThread().interrupt();
    RunMemory memory = new RunMemory(greedy, 100);
    assertThat(memory.await(1, LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    memory.close();
    assertThat(budget.reserved()).isEqualTo(75);
  }

  /** Whatever is asked for in whatever order: never too much, and always what one can count on. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isNeverLessThanPromised(long seed) {
    Random random = new Random(seed);
    MemoryBudget some = new MemoryBudget(1 + random.nextInt(1000));
    List<MemoryShare> shares = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      shares.add(some.share());
    }
    for (int i = 0; i < 2000; i++) {
      MemoryShare share = shares.get(random.nextInt(shares.size()));
      if (random.nextBoolean()) {
        share.release(random.nextLong(share.reserved() + 1));
      } else {
        long before = share.reserved();
        long bytes = random.nextInt(200);
        boolean given = share.reserve(bytes);
        assertThat(share.reserved()).isEqualTo(given ? before + bytes : before);
        assertThat(given || before + bytes > some.guaranteed()).isTrue();
      }
      assertThat(some.reserved())
          .isEqualTo(shares.stream().mapToLong(MemoryShare::reserved).sum())
          .isLessThanOrEqualTo(some.limit());
    }
  }

  /** One grows until it is refused, again and again and several times at once. */
  @Test
  void isThereWhileAnotherTakesAllThatItCan() throws Exception {
    MemoryBudget pages = new MemoryBudget(100 * PAGE);
    try (MemoryShare takesAll = pages.share();
        MemoryShare modest = pages.share();
        WasmModule module = new ModuleCache().load(Guests.path("grow"))) {
      CountDownLatch begun = new CountDownLatch(4);
      ExecutorService clients = Executors.newFixedThreadPool(4);
      try {
        for (int i = 0; i < 4; i++) {
          clients.submit(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  run(module, takesAll, WasmLimits.DEFAULT);
                  begun.countDown();
                }
                return null;
              });
        }
        begun.await();
        for (int i = 0; i < 500; i++) {
          assertThat(run(module, modest, WasmLimits.DEFAULT.withMemory(25 * PAGE)))
              .isEqualTo(new Outcome.Exit(25));
        }
      } finally {
        clients.shutdownNow();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(pages.reserved()).isZero();
    }
  }

  private static Outcome run(WasmModule module, MemoryShare share, WasmLimits limits) {
    return WasmExecution.of(WasmConfig.builder(module).limits(limits).build())
        .share(share)
        .memoryWait(Duration.ofSeconds(5))
        .run();
  }

  private void awaitThatItWaits(int runs) {
    while (budget.waiting() < runs) {
      Thread.onSpinWait();
    }
  }
}
