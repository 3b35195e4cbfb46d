package org.wasmservlet.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void bucketsFollowEachOtherWithoutGapAndOverlap() {
    assertThat(LatencyBuckets.from(0)).isZero();
    for (int i = 0; i < LatencyBuckets.COUNT - 1; i++) {
      assertThat(LatencyBuckets.from(i)).isLessThan(LatencyBuckets.to(i));
      assertThat(LatencyBuckets.indexOf(LatencyBuckets.from(i) * 1000)).isEqualTo(i);
      assertThat(LatencyBuckets.indexOf(LatencyBuckets.to(i) * 1000 - 1)).isEqualTo(i);
    }
  }

  @Test
  void takesEveryTime() {
    assertThat(LatencyBuckets.indexOf(-1)).isZero();
    assertThat(LatencyBuckets.indexOf(0)).isZero();
    assertThat(LatencyBuckets.indexOf(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
  }

  @Test
  void estimatesPercentilesWithinAFifth() {
    for (int i = 1; i <= 10_000; i++) {
      histogram.record(i * 100_000L);
    }
    Latencies latencies = histogram.snapshot();
    assertThat(latencies.total()).isEqualTo(10_000);
    for (int percent : new int[] {1, 10, 50, 90, 99, 100}) {
      assertThat(latencies.percentile(percent)).isCloseTo(percent * 10, within(percent * 2.0));
    }
  }

  @Test
  void knowsTheFastestAndTheSlowestAndNoPercentileIsBeyondThem() {
    histogram.record(12_345_678);
    Latencies one = histogram.snapshot();
    assertThat(one.leastMillis()).isEqualTo(12.345678);
    assertThat(one.mostMillis()).isEqualTo(12.345678);
    assertThat(one.percentile(50)).isEqualTo(12.345678);
    assertThat(one.percentile(99)).isEqualTo(12.345678);
    histogram.record(1_000_000_000);
    assertThat(histogram.snapshot().leastMillis()).isEqualTo(12.345678);
    assertThat(histogram.snapshot().mostMillis()).isEqualTo(1000);
  }

  @Test
  void saysOfWhichPercentilesItCanTell() {
    for (int i = 1; i <= 100; i++) {
      histogram.record(i);
      Latencies latencies = histogram.snapshot();
      assertThat(latencies.tells(50)).as("50%% of %d", i).isEqualTo(i >= 2);
      assertThat(latencies.tells(90)).as("90%% of %d", i).isEqualTo(i >= 10);
      assertThat(latencies.tells(99)).as("99%% of %d", i).isEqualTo(i >= 100);
    }
  }

  @Test
  void knowsNothingOfNoRequests() {
    assertThat(histogram.snapshot().percentile(99)).isZero();
    assertThat(histogram.snapshot()).isEqualTo(Latencies.NONE);
    assertThat(histogram.snapshot().buckets()).isEmpty();
    assertThat(histogram.snapshot().atMost(Long.MAX_VALUE)).isZero();
  }

  @Test
  void showsTheBucketsFromTheFirstToTheLastThatIsUsed() {
    histogram.record(4_000);
    histogram.record(7_999);
    histogram.record(7_000);
    List<Latencies.Bucket> buckets = histogram.snapshot().buckets();
    assertThat(buckets)
        .extracting(
            Latencies.Bucket::fromMicros, Latencies.Bucket::toMicros, Latencies.Bucket::count)
        .containsExactly(
            tuple(4L, 5L, 1L), tuple(5L, 6L, 0L), tuple(6L, 7L, 0L), tuple(7L, 8L, 2L));
  }

  @Test
  void countsWhatTookNoLongerThanATime() {
    histogram.record(1_000);
    histogram.record(1_000_000);
    histogram.record(1_100_000_000L);
    Latencies latencies = histogram.snapshot();
    assertThat(latencies.atMost(2)).isEqualTo(1);
    assertThat(latencies.atMost(1_048_576)).isEqualTo(2);
    assertThat(latencies.atMost(2_097_152)).isEqualTo(3);
  }
}
