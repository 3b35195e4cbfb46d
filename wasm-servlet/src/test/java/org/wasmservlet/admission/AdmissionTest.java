package org.wasmservlet.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {
  @Test
  void admitsAsManyAsMayRun() {
    Admission admission = new Admission(2, 0, Duration.ofHours(1));
    assertThat(admission.enter()).isTrue();
    assertThat(admission.enter()).isTrue();
    assertThat(admission.enter()).isFalse();
    admission.leave();
    assertThat(admission.enter()).isTrue();
  }

  @Test
  void letsARequestWaitUntilAnotherLeaves() throws Exception {
    Admission admission = new Admission(1, 1, Duration.ofHours(1));
    admission.enter();
    FutureTask<Boolean> waiting = startAndAwaitWaiting(admission::enter);
    assertThat(admission.enter()).as("the queue is full").isFalse();
    admission.leave();
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void refusesWhoeverHasWaitedTooLong() {
    Admission admission = new Admission(1, 1, Duration.ofMillis(1));
    admission.enter();
    assertThat(admission.enter()).isFalse();
    admission.leave();
    assertThat(admission.enter()).isTrue();
  }

  @Test
  void refusesAThreadThatIsInterrupted() {
    Admission admission = new Admission(1, 1, Duration.ofHours(1));
    admission.enter();
    Thread.currentThread().interrupt();
    assertThat(admission.enter()).isFalse();
  }

  @Test
  void letsHalfAsManyReadAsMayWait() {
    Admission admission = new Admission(1, 5, Duration.ofHours(1));
    assertThat(admission.beginReading()).isTrue();
    assertThat(admission.beginReading()).isTrue();
    assertThat(admission.beginReading()).isFalse();
    // Who reads neither runs nor waits.
    assertThat(admission.enter()).isTrue();
    admission.endReading();
    assertThat(admission.beginReading()).isTrue();
    Admission withoutQueue = new Admission(2, 0, Duration.ofHours(1));
    assertThat(withoutQueue.beginReading()).isTrue();
    assertThat(withoutQueue.beginReading()).isTrue();
    assertThat(withoutQueue.beginReading()).isFalse();
  }

  @Test
  void tellsWhenToComeAgain() {
    assertThat(new Admission(1, 1, Duration.ofMillis(1)).retryAfterSeconds()).isEqualTo(1);
    assertThat(new Admission(1, 1, Duration.ofSeconds(7)).retryAfterSeconds()).isEqualTo(7);
  }

  private static FutureTask<Boolean> startAndAwaitWaiting(Callable<Boolean> task) {
    FutureTask<Boolean> future = new FutureTask<>(task);
    Thread thread = new Thread(future);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return future;
  }
}
