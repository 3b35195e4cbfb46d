package org.wasmservlet.test.hostile;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.wasmservlet.core.MemoryBudget;

/**
 * What this JVM, which has clients and servers, holds.
 *
 * @param descriptors that are open
 * @param threads that live, without those of the containers' pools, which grow as they like
 * @param heap bytes after a collection
 */
record Holdings(long descriptors, long threads, long heap) {
  /** Connections that the other side has not closed yet, and classes that are still loaded. */
  private static final int FEW = 8;

  private static final long HEAP_TOLERANCE = 16 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Holdings now() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Holdings(
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getOpenFileDescriptorCount(),
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().matches("(qtp|http-nio-).*"))
            .count(),
        runtime.totalMemory() - runtime.freeMemory());
  }

  /** Fails if it does not come back to this, once what is being closed has been closed. */
  void assertNoMoreIsHeld() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Holdings now = now();
    // Each look is a collection, and so a pause.
    while (!now.isLike(this)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "before: "
                + this
                + ", now: "
                + now
                + ", guests: "
                + MemoryBudget.shared()
                + ", of which are frozen "
                + frozen());
      }
      now = now();
    }
  }

  private boolean isLike(Holdings before) {
    return descriptors <= before.descriptors + FEW
        && threads <= before.threads + FEW
        && heap <= before.heap + HEAP_TOLERANCE
        && MemoryBudget.shared().reserved() == frozen();
  }

  /** What programs have that are started once, such as the sample's, while nothing runs. */
  private static long frozen() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long bytes = 0;
    try {
      for (ObjectName route :
          beans.queryNames(new ObjectName("org.wasmservlet:type=Route,*"), null)) {
        bytes += (long) beans.getAttribute(route, "FrozenBytes");
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    return bytes;
  }
}
