package org.wasmservlet.bench.guests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Ready;

/** What it took the peers to load each module. */
final class Starts {
  private final Map<String, Map<PeerKind, List<Ready>>> all = new LinkedHashMap<>();

  void add(PeerKind kind, Path module, Ready ready) {
    all.computeIfAbsent(module.getFileName().toString(), m -> new EnumMap<>(PeerKind.class))
        .computeIfAbsent(kind, k -> new ArrayList<>())
        .add(ready);
  }

  int count(PeerKind kind, Path module) {
    String name = module.getFileName().toString();
    return all.getOrDefault(name, Map.of()).getOrDefault(kind, List.of()).size();
  }

  Set<String> modules() {
    return all.keySet();
  }

  double wallSeconds(String module, PeerKind kind) {
    return median(module, kind, Ready::wallNanos) / 1e9;
  }

  /** Of all threads. */
  double cpuSeconds(String module, PeerKind kind) {
    return median(module, kind, Ready::cpuNanos) / 1e9;
  }

  double heapMegabytes(String module, PeerKind kind) {
    return median(module, kind, Ready::heapBytes) / (1 << 20);
  }

  /** NaN where there is none. */
  private double median(String module, PeerKind kind, ToLongFunction<Ready> what) {
    long[] sorted =
        all.getOrDefault(module, Map.of()).getOrDefault(kind, List.of()).stream()
            .mapToLong(what)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
