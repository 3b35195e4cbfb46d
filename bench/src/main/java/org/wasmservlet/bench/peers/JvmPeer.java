package org.wasmservlet.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.wasmservlet.core.PreparedModules;

/** The process that runs a module on this JVM, by our compiler and host or by Chicory's own. */
public final class JvmPeer {
  /** A module that was loaded. */
  interface Loaded {
    /** Gives what runs an order; making that is not measured. */
    Runs prepare(Order order) throws IOException;
  }

  /** A program that can be run. */
  interface Runs extends AutoCloseable {
    Sample run() throws IOException;

    @Override
    default void close() {}
  }

  /** More than all modules take. */
  private static final long PREPARED_BYTES = 1L << 30;

  private JvmPeer() {}

  /**
   * Runs what standard input says: a line has a number and an {@link Order}'s file.
   *
   * @param args {@link PeerKind}; module
   */
  public static void main(String[] args) throws IOException {
    Path module = Path.of(args[1]);
    long heap = usedHeap();
    long cpu = processCpu();
    long start = System.nanoTime();
    Loaded loaded = load(PeerKind.valueOf(args[0]), module);
    long end = System.nanoTime();
    System.out.println(new Ready(end - start, processCpu() - cpu, usedHeap() - heap));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = orders.readLine()) != null; ) {
      String[] words = line.split(" ", 2);
      try (Runs runs = loaded.prepare(Order.read(Path.of(words[1])))) {
        for (int i = Integer.parseInt(words[0]); i > 0; i--) {
          System.out.println(runs.run());
        }
      }
      System.out.println(".");
    }
  }

  private static Loaded load(PeerKind kind, Path module) throws IOException {
    return switch (kind) {
      case OURS -> new OurPeer(module, PreparedModules.none());
      case RESUMED -> new ResumedPeer(module);
      case PREPARED -> {
        Path folder = module.resolveSibling("prepared");
        yield new OurPeer(module, PreparedModules.in(folder, PREPARED_BYTES));
      }
      case CHICORY -> new ChicoryPeer(module);
      case V8, WASMTIME -> throw new IllegalArgumentException(kind + " is not of this process");
    };
  }

  /** CPU nanoseconds of the calling thread. */
  static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processCpu() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
