package org.wasmservlet.core.wasi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.wasmservlet.core.directory.WatchedFiles;

/**
 * The host's part of a frozen program: its descriptors by number, and what its clocks showed.
 * Immutable.
 */
public final class FrozenHost {
  private final Strings arguments;
  private final Strings environment;
  private final List<FrozenDescriptor> descriptors;
  private final long monotonicNanos;
  private final WatchedFiles files;

  /**
   * Keeps it.
   *
   * @param arguments of the run
   * @param environment of the run
   * @param descriptors by number, null where there is none
   * @param monotonicNanos what the monotonic clock showed
   * @param files that the guest has looked at
   */
  FrozenHost(
      Strings arguments,
      Strings environment,
      List<FrozenDescriptor> descriptors,
      long monotonicNanos,
      WatchedFiles files) {
    this.arguments = arguments;
    this.environment = environment;
    this.descriptors = Collections.unmodifiableList(new ArrayList<>(descriptors));
    this.monotonicNanos = monotonicNanos;
    this.files = files;
  }

  Strings arguments() {
    return arguments;
  }

  Strings environment() {
    return environment;
  }

  List<FrozenDescriptor> descriptors() {
    return descriptors;
  }

  long monotonicNanos() {
    return monotonicNanos;
  }

  /**
   * What the guest opened, looked up or listed.
   *
   * @return as it was then
   */
  public WatchedFiles files() {
    return files;
  }
}
