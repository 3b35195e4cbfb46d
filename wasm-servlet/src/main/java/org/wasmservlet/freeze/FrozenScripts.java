package org.wasmservlet.freeze;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.measure.RouteFreeze;

/**
 * An interpreter that has been frozen with its scripts loaded: a state for each script that the
 * plan has, made in the background when it is first asked for. Thread-safe.
 */
public final class FrozenScripts implements AutoCloseable {
  private final Freezing freezing;
  private final WasmConfig config;
  private final Map<String, LiveFrozen> states = new ConcurrentHashMap<>();

  // Guarded by this.
  private boolean closed;

  FrozenScripts(Freezing freezing, WasmConfig config) {
    this.freezing = freezing;
    this.config = config;
  }

  /**
   * What a request goes on from.
   *
   * @param script that it is for; null if it is for none
   * @return null if there is nothing, or not yet
   */
  public FrozenProgram current(String script) {
    String start = script == null ? null : freezing.scripts().startOf().apply(script);
    if (start == null) {
      return null;
    }
    LiveFrozen state = states.get(start);
    if (state == null) {
      state = begin(start);
    }
    if (state == null) {
      return null;
    }
    state.look();
    return state.current();
  }

  /** Null if it is too late for that. */
  private synchronized LiveFrozen begin(String start) {
    if (closed) {
      return null;
    }
    LiveFrozen state = states.get(start);
    if (state == null) {
      state = freezing.of(start, config);
      states.put(start, state);
      state.begin();
    }
    return state;
  }

  /** Takes up what was kept, on the calling thread: after a restart there is no first time. */
  public void takeKept() {
    for (String start : freezing.scripts().places().keySet()) {
      LiveFrozen state = freezing.of(start, config);
      if (state.takeKept() && !add(start, state)) {
        state.close();
      }
    }
  }

  /** False if it is too late for it, or a request was earlier. */
  private synchronized boolean add(String start, LiveFrozen state) {
    return !closed && states.putIfAbsent(start, state) == null;
  }

  /**
   * Adds them to what others want to know.
   *
   * @param program of the interpreter alone
   * @return both
   */
  public RouteFreeze status(RouteFreeze program) {
    RouteFreeze both = program;
    for (Map.Entry<String, LiveFrozen> each : states.entrySet()) {
      both = both.and(each.getKey(), each.getValue().status());
    }
    return both;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    states.values().forEach(LiveFrozen::close);
  }
}
