package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.wasmservlet.core.directory.WatchedFiles;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

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

  /**
   * Writes it.
   *
   * @param out where to
   * @throws IOException if that fails
   */
  public void write(StoredOutput out) throws IOException {
    arguments.write(out);
    environment.write(out);
    out.writeInt(descriptors.size());
    for (FrozenDescriptor each : descriptors) {
      out.writeBoolean(each != null);
      if (each != null) {
        each.write(out);
      }
    }
    out.writeLong(monotonicNanos);
    files.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in where from
   * @return as it was
   * @throws IOException if it makes no sense
   */
  public static FrozenHost read(StoredInput in) throws IOException {
    Strings arguments = Strings.read(in);
    Strings environment = Strings.read(in);
    List<FrozenDescriptor> descriptors = new ArrayList<>();
    for (int left = in.readCount(1); left > 0; left--) {
      descriptors.add(in.readBoolean() ? FrozenDescriptor.read(in) : null);
    }
    return new FrozenHost(
        arguments, environment, descriptors, in.readLong(), WatchedFiles.read(in));
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
