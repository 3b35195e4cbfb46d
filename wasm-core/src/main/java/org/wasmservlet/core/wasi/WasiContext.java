package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.directory.DirectoryCache;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.WasiError;

/** What the host functions of one run share. Belongs to the run's thread. */
final class WasiContext {
  /** Of one walk. */
  private static final int MAX_DEPTH = 128;

  private final Limits limits;
  private final Strings arguments;
  private final Strings environment;
  private final Connection connection;
  private final GuestOutput answer;
  private final DescriptorTable descriptors;
  private final DirectoryCache directories = new DirectoryCache();
  private final List<Mount> mounts = new ArrayList<>();
  private final PathWalk walk;
  private final DiskQuota quota;
  private final ListingBudget listings;
  private final Transfer transfer = new Transfer();
  private final Buffers buffers;
  private final Clocks clocks = new Clocks();
  private final RandomSource random = new RandomSource();
  private boolean accepted;
  private GuestMemory memory = new GuestMemory(null);

  WasiContext(
      List<String> arguments,
      Map<String, String> environment,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits) {
    this.limits = limits;
    this.arguments = Strings.of(arguments);
    this.environment = Strings.ofEnvironment(environment);
    this.walk = new PathWalk(directories, limits.pathBytes(), MAX_DEPTH);
    this.quota = new DiskQuota(limits.bytesWritten());
    this.listings = new ListingBudget(limits.listingBytes());
    this.buffers = new Buffers(limits.vectors());
    this.descriptors = new DescriptorTable(limits.openFiles());
    this.connection = streams.connection();
    GuestOutput stdout = new GuestOutput(streams.stdout());
    this.answer = connection == null ? stdout : new GuestOutput(connection.out());
    descriptors.add(new InputDescriptor(new GuestInput(streams.stdin(), answer)));
    descriptors.add(new OutputDescriptor(stdout));
    descriptors.add(new OutputDescriptor(new GuestError(streams.stderr())));
    for (MountPoint point : mountPoints) {
      Mount mount = new Mount(point);
      mounts.add(mount);
      descriptors.add(DirectoryDescriptor.preopened(mount, listings));
    }
  }

  /** The view of an instance's memory; one run has one instance. */
  GuestMemory memory(Memory of) {
    if (!memory.isOf(of)) {
      memory = new GuestMemory(of);
    }
    return memory;
  }

  Limits limits() {
    return limits;
  }

  Strings arguments() {
    return arguments;
  }

  Strings environment() {
    return environment;
  }

  /** What somebody may be waiting for: what goes to the connection, or to standard output. */
  GuestOutput answer() {
    return answer;
  }

  /** Whether the guest can accept a connection, or could before it did. */
  boolean acceptsConnection() {
    return connection != null;
  }

  /**
   * The connection.
   *
   * @throws GuestExit if the guest has had it
   */
  ConnectionDescriptor accept() {
    if (accepted) {
      throw new GuestExit(0);
    }
    accepted = true;
    return new ConnectionDescriptor(new GuestInput(connection.in(), answer), answer);
  }

  DescriptorTable descriptors() {
    return descriptors;
  }

  DirectoryCache directories() {
    return directories;
  }

  PathWalk walk() {
    return walk;
  }

  DiskQuota quota() {
    return quota;
  }

  ListingBudget listings() {
    return listings;
  }

  Transfer transfer() {
    return transfer;
  }

  /** The buffers of the call that is running. */
  Buffers buffers(GuestMemory of, long pointer, long length) throws WasiError {
    buffers.read(of, pointer, length);
    return buffers;
  }

  Clocks clocks() {
    return clocks;
  }

  RandomSource random() {
    return random;
  }

  /** Gives back everything that the host holds for the run. */
  void close() {
    descriptors.closeAll();
    directories.close();
    mounts.forEach(Mount::close);
  }
}
