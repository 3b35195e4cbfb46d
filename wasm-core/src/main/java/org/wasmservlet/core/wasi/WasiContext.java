package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.Memory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.directory.DirectoryCache;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.SeenFiles;
import org.wasmservlet.core.directory.WasiError;

/** What the host functions of one run share. Belongs to the run's thread. */
final class WasiContext {
  /** Of one walk. */
  private static final int MAX_DEPTH = 128;

  private final Limits limits;
  private final Strings arguments;
  private final Strings environment;
  private final StandardStreams streams;
  private final Connection connection;
  private final GuestOutput stdout;
  private final GuestOutput answer;
  private final DescriptorTable descriptors;
  private final DirectoryCache directories = new DirectoryCache();
  private final List<Mount> mounts = new ArrayList<>();
  private final PathWalk walk;
  private final DiskQuota quota;
  private final ListingBudget listings;
  private final Transfer transfer = new Transfer();
  private final Buffers buffers;
  private final Clocks clocks;
  private final RandomSource random = new RandomSource();

  /** Null in runs that are not to be frozen. */
  private final HostFreezer freezer;

  private boolean accepted;
  private GuestMemory memory = new GuestMemory(null);

  /** Of a run from the program's beginning. */
  WasiContext(
      List<String> arguments,
      Map<String, String> environment,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits) {
    this(arguments, environment, mountPoints, streams, limits, null);
  }

  /**
   * Of a run from the program's beginning to where it is frozen.
   *
   * @param freezer null if it is not
   */
  WasiContext(
      List<String> arguments,
      Map<String, String> environment,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits,
      HostFreezer freezer) {
    this(
        Strings.of(arguments),
        Strings.ofEnvironment(environment),
        mountPoints,
        streams,
        limits,
        freezer,
        0);
    descriptors.add(stdin(this));
    descriptors.add(stdout(this));
    descriptors.add(stderr(this));
    for (Mount mount : mounts) {
      descriptors.add(DirectoryDescriptor.preopened(mount, listings));
    }
  }

  /**
   * Of a run that goes on from where the program was frozen.
   *
   * @param freezer null if it is not frozen again
   */
  WasiContext(
      FrozenHost frozen,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits,
      HostFreezer freezer) {
    this(
        frozen.arguments(),
        frozen.environment(),
        mountPoints,
        streams,
        limits,
        freezer,
        frozen.monotonicNanos());
    descriptors.resume(frozen.descriptors(), this);
  }

  private WasiContext(
      Strings arguments,
      Strings environment,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits,
      HostFreezer freezer,
      long monotonicNanos) {
    this.limits = limits;
    this.arguments = arguments;
    this.environment = environment;
    this.freezer = freezer;
    this.clocks = new Clocks(monotonicNanos);
    this.walk = new PathWalk(directories, limits.pathBytes(), MAX_DEPTH);
    this.quota = new DiskQuota(limits.bytesWritten());
    this.listings = new ListingBudget(limits.listingBytes());
    this.buffers = new Buffers(limits.vectors());
    this.descriptors = new DescriptorTable(limits.openFiles());
    this.streams = streams;
    this.connection = streams.connection();
    this.stdout = new GuestOutput(streams.stdout());
    this.answer = connection == null ? stdout : new GuestOutput(connection.out());
    SeenFiles seen = freezer == null ? null : freezer.seen();
    for (MountPoint point : mountPoints) {
      mounts.add(new Mount(point, mounts.size(), seen));
    }
  }

  static Descriptor stdin(WasiContext context) {
    GuestInput in = new GuestInput(context.streams.stdin(), context.answer);
    return context.freezer == null
        ? new InputDescriptor(in)
        : new FreezingInput(in, context.freezer, context);
  }

  static Descriptor stdout(WasiContext context) {
    return new OutputDescriptor(context.stdout, FrozenDescriptor.Stream.STDOUT);
  }

  static Descriptor stderr(WasiContext context) {
    return new OutputDescriptor(
        new GuestError(context.streams.stderr()), FrozenDescriptor.Stream.STDERR);
  }

  /**
   * Keeps what another run is to have.
   *
   * @param seen what the guest has looked at
   * @throws HostFreezer.NotKeptException if it cannot be given to another run
   */
  FrozenHost freeze(SeenFiles seen) throws IOException, HostFreezer.NotKeptException {
    for (Mount mount : mounts) {
      mount.requireNothingPrivate();
    }
    return new FrozenHost(
        arguments, environment, descriptors.freeze(), clocks.monotonic(), seen.toWatch());
  }

  /** To be called before a path is looked for. */
  void beforeOpening(DirectoryDescriptor base, String path) {
    if (freezer != null) {
      freezer.beforeOpening(this, base, path);
    }
  }

  /**
   * The file of the run's own, if that is what the guest opens.
   *
   * @return null for any other path
   */
  GivenFile given(DirectoryDescriptor base, String path) {
    GivenFile file = streams.file();
    return file != null && base.names(path, file.guestPath()) ? file : null;
  }

  Mount mount(int number) {
    return mounts.get(number);
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
    if (freezer != null) {
      freezer.beforeAccepting(this);
    }
    return accepted(true, true);
  }

  /** The connection that the guest has, or had accepted when it was frozen. */
  ConnectionDescriptor accepted(boolean receives, boolean sends) {
    accepted = true;
    return new ConnectionDescriptor(
        new GuestInput(connection.in(), answer), answer, receives, sends);
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
