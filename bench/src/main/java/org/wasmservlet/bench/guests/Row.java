package org.wasmservlet.bench.guests;

import java.util.Map;
import org.wasmservlet.bench.peers.PeerKind;

/** A program and what it took on each peer. */
record Row(Program program, Map<PeerKind, Series> series) {

  /** Milliseconds of CPU; NaN if the peer was not asked or does not run it. */
  double median(PeerKind peer) {
    Series there = series.get(peer);
    return there == null ? Double.NaN : there.median();
  }

  /** All that ran it ended as a program does that has found nothing wrong. */
  boolean hasEndedWell() {
    return series.values().stream()
        .filter(s -> !s.measured.isEmpty())
        .allMatch(s -> s.end().equals("0"));
  }

  /** All that ran it printed the same. */
  boolean isSame() {
    return series.values().stream().map(s -> s.output).filter(o -> !o.isEmpty()).distinct().count()
        <= 1;
  }
}
