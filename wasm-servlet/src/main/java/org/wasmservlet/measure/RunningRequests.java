package org.wasmservlet.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The requests of a route whose programs run, as far as there are places for them: one for each
 * program that may run at once, within reason. Thread-safe, without locks.
 */
final class RunningRequests {
  private static final int PLACES_AT_MOST = 1024;

  private final AtomicReferenceArray<MeasuredRequest> places;

  RunningRequests(int maxRunning) {
    places = new AtomicReferenceArray<>(Math.min(maxRunning, PLACES_AT_MOST));
  }

  /** Takes a place; -1 if there is none. */
  int enter(MeasuredRequest request) {
    int length = places.length();
    // Threads begin to look at different places.
    int start = Math.floorMod(Thread.currentThread().hashCode(), length);
    for (int i = 0; i < length; i++) {
      int place = start + i < length ? start + i : start + i - length;
      if (places.get(place) == null && places.compareAndSet(place, null, request)) {
        return place;
      }
    }
    return -1;
  }

  void leave(int place) {
    if (place >= 0) {
      places.set(place, null);
    }
  }

  List<MeasuredRequest> list() {
    List<MeasuredRequest> requests = new ArrayList<>();
    for (int i = 0; i < places.length(); i++) {
      MeasuredRequest request = places.get(i);
      if (request != null) {
        requests.add(request);
      }
    }
    return requests;
  }
}
