package org.wasmservlet.bench.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.wasmservlet.core.MemoryBudget;

/**
 * Runs guests of every kind for many clients: first for a while to warm up, then for as many
 * minutes as the argument says. Prints what was asked for and what is left, and fails if an answer
 * was wrong, or heap, descriptors or threads have grown.
 */
public final class Soak {
  private static final int CLIENTS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final long HEAP_TOLERANCE = 8 << 20;
  private static final int TOLERANCE = 4;

  private final Server server;
  private final Map<Request, LongAdder> asked = new EnumMap<>(Request.class);
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  private Soak(Server server) {
    this.server = server;
    for (Request request : Request.values()) {
      asked.put(request, new LongAdder());
    }
  }

  /**
   * Soaks.
   *
   * @param arguments how many minutes; 8 if there is none
   * @throws Exception if the server cannot be started
   */
  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofMinutes(arguments.length == 0 ? 8 : Long.parseLong(arguments[0]));
    // Half of all requests fail, as they should; the log would be all that there is to see.
    Logger.getLogger("").setLevel(Level.OFF);
    boolean passed;
    try (Server server = new Server(CLIENTS)) {
      passed = new Soak(server).soak(time);
    }
    System.exit(passed ? 0 : 1);
  }

  private boolean soak(Duration time) throws Exception {
    run(WARM_UP);
    Usage before = Usage.measure();
    asked.values().forEach(LongAdder::reset);
    run(time);
    Usage after = Usage.measure();
    asked.values().removeIf(count -> count.sum() == 0);
    asked.forEach((request, count) -> print("%-22s %,10d", request, count.sum()));
    print("before: %s%nafter:  %s", before, after);
    print("wrong answers: %d", faults.size());
    faults.stream().limit(20).forEach(fault -> print("  %s", fault));
    boolean unchanged = server.isOutsideUnchanged();
    print("files outside unchanged: %s", unchanged);
    boolean passed = faults.isEmpty() && unchanged && after.isNoMoreThan(before);
    print(passed ? "PASSED" : "FAILED");
    return passed;
  }

  private void run(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(i);
      Thread client = new Thread(() -> ask(random, end), "client " + i);
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  private void ask(Random random, long end) {
    Request[] requests = server.answers();
    while (System.nanoTime() < end) {
      Request request = requests[random.nextInt(requests.length)];
      asked.get(request).increment();
      try {
        String fault = request.fault(server.port(), random);
        if (fault != null) {
          faults.add(request + ": " + fault);
        }
      } catch (IOException e) {
        // A guest that is cut off may take the connection with it; a good one may not.
        if (request.isGood()) {
          faults.add(request + ": " + e);
        }
      }
    }
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(format, arguments));
  }

  /**
   * What the JVM holds when nothing runs.
   *
   * @param heap bytes after a collection
   * @param descriptors that are open, connections that nobody has closed yet included
   * @param threads that live
   * @param guestMemory bytes that guests have: those that are frozen
   */
  private record Usage(long heap, long descriptors, int threads, long guestMemory) {
    /** After what is still closing has been closed: connections of clients that went away. */
    static Usage measure() throws InterruptedException {
      Usage least = now();
      for (int i = 0; i < 20; i++) {
        Thread.sleep(500);
        Usage now = now();
        least =
            new Usage(
                Math.min(least.heap, now.heap),
                Math.min(least.descriptors, now.descriptors),
                Math.min(least.threads, now.threads),
                Math.min(least.guestMemory, now.guestMemory));
      }
      return least;
    }

    private static Usage now() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      UnixOperatingSystemMXBean system =
          (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Usage(
          runtime.totalMemory() - runtime.freeMemory(),
          system.getOpenFileDescriptorCount(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          MemoryBudget.shared().reserved());
    }

    boolean isNoMoreThan(Usage before) {
      return heap <= before.heap + HEAP_TOLERANCE
          && descriptors <= before.descriptors + TOLERANCE
          && threads <= before.threads + TOLERANCE
          && guestMemory == before.guestMemory;
    }

    @Override
    public String toString() {
      return String.format(
          "heap %.1f MB, %d descriptors, %d threads, %d bytes of guests' memory",
          heap / 1048576.0, descriptors, threads, guestMemory);
    }
  }
}
