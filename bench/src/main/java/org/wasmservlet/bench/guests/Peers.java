package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasmservlet.bench.peers.Peer;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Sample;

/**
 * The processes of the peers. One that gets faster with what it has run before is started anew for
 * every program; the others serve all programs of their module.
 */
final class Peers implements AutoCloseable {
  /** Chicory takes half a minute to load a module, and does not get faster for long. */
  private static final Set<PeerKind> KEPT = EnumSet.of(PeerKind.CHICORY, PeerKind.WASMTIME);

  /** So many runs make a process that was started anew as good as the one that died. */
  private static final int REVIVAL = 5;

  private static final int ENOUGH_STARTS = 3;

  private final Starts starts;
  private final Map<PeerKind, Peer> running = new EnumMap<>(PeerKind.class);
  private final Map<PeerKind, Path> modules = new HashMap<>();

  Peers(Starts starts) {
    this.starts = starts;
  }

  /** Gets the process for a program of a module. */
  void start(PeerKind kind, Path module) throws IOException {
    if (KEPT.contains(kind) && module.equals(modules.get(kind)) && running.get(kind).isAlive()) {
      return;
    }
    stop(kind);
    running.put(kind, started(kind, module));
    modules.put(kind, module);
  }

  /** What a start costs is known after a few: then ours takes what one of them has prepared. */
  private Peer started(PeerKind kind, Path module) throws IOException {
    if (kind == PeerKind.OURS && starts.count(kind, module) == ENOUGH_STARTS) {
      return Peer.start(PeerKind.PREPARED, module);
    }
    Peer peer = Peer.start(kind, module);
    starts.add(kind, module, peer.ready());
    return peer;
  }

  /**
   * Runs; no samples come back if the process died.
   *
   * @return fewer samples than times if the process died meanwhile; it has been started anew then
   */
  List<Sample> run(PeerKind kind, int times, Path order) throws IOException {
    List<Sample> samples = running.get(kind).run(times, order);
    if (samples.size() < times) {
      Path module = modules.get(kind);
      stop(kind);
      Peer peer = Peer.start(kind, module);
      running.put(kind, peer);
      modules.put(kind, module);
      peer.run(REVIVAL, order);
    }
    return samples;
  }

  /** Ends the processes that were for one program alone. */
  void programEnds() {
    Set.copyOf(running.keySet()).stream().filter(k -> !KEPT.contains(k)).forEach(this::stop);
  }

  private void stop(PeerKind kind) {
    Peer peer = running.remove(kind);
    modules.remove(kind);
    if (peer != null) {
      peer.close();
    }
  }

  @Override
  public void close() {
    Set.copyOf(running.keySet()).forEach(this::stop);
  }
}
