package org.wasmservlet.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last failures of a route, so many and no more. Thread-safe, without locks. */
final class RecentFailures {
  static final int KEPT = 32;

  private final AtomicReferenceArray<Failure> ring = new AtomicReferenceArray<>(KEPT);
  private final AtomicLong next = new AtomicLong();

  void add(Failure failure) {
    ring.set((int) (next.getAndIncrement() % KEPT), failure);
  }

  /** The newest first. */
  List<Failure> list() {
    List<Failure> failures = new ArrayList<>();
    long end = next.get();
    for (long i = Math.max(0, end - KEPT); i < end; i++) {
      Failure failure = ring.get((int) (i % KEPT));
      if (failure != null) {
        failures.add(failure);
      }
    }
    Collections.reverse(failures);
    return failures;
  }
}
