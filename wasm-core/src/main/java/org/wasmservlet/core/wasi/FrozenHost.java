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
    writeWithoutFiles(out);
    files.write(out);
  }

  void writeWithoutFiles(StoredOutput out) throws IOException {
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
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in where from
   * @return as it was
   * @throws IOException if it makes no sense
   */
  public static FrozenHost read(StoredInput in) throws IOException {
    FrozenHost frozen = readWithoutFiles(in);
    return frozen.with(frozen.descriptors, WatchedFiles.read(in));
  }

  /** Reads what {@link #writeWithoutFiles} wrote: the files are still to be told. */
  static FrozenHost readWithoutFiles(StoredInput in) throws IOException {
    Strings arguments = Strings.read(in);
    Strings environment = Strings.read(in);
    List<FrozenDescriptor> descriptors = new ArrayList<>();
    for (int left = in.readCount(1); left > 0; left--) {
      descriptors.add(in.readBoolean() ? FrozenDescriptor.read(in) : null);
    }
    return new FrozenHost(arguments, environment, descriptors, in.readLong(), null);
  }

  /** The same with other descriptors and files. */
  FrozenHost with(List<FrozenDescriptor> others, WatchedFiles otherFiles) {
    return new FrozenHost(arguments, environment, others, monotonicNanos, otherFiles);
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
