package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memories go from one run to the next, what is in them does not. The guest looks whether all that
 * it can reach is as its module says, and leaves marks everywhere.
 */
@Timeout(60)
class RecycledMemoryTest {
  private static final String[] WAYS_TO_END = {"_start", "exit", "trap", "outside", "dive", "spin"};

  @TempDir Path folder;

  @Test
  void beginAsTheModuleSaysHoweverTheLastRunEnded() throws IOException {
    try (WasmModule module = new ModuleCache().load(Guests.path("residue"))) {
      for (String last : WAYS_TO_END) {
        assertEndsAs(last, run(module, last));
        assertEndsAs("_start", run(module, "_start"));
      }
    }
  }

  @Test
  void areTheSameForAnotherRouteAndForAnotherModule() throws IOException {
    Path copy = Files.copy(Guests.path("residue"), folder.resolve("other.wasm"));
    ModuleCache cache = new ModuleCache();
    try (WasmModule module = cache.load(Guests.path("residue"));
        WasmModule sameModule = cache.load(Guests.path("residue"));
        WasmModule other = cache.load(copy)) {
      for (int i = 0; i < 10; i++) {
        assertEndsAs("_start", run(module, "_start"));
        assertEndsAs("trap", run(sameModule, "trap"));
        assertEndsAs("exit", run(other, "exit"));
      }
    }
  }

  @Test
  void areOfOneRunAtATime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (WasmModule module = new ModuleCache().load(Guests.path("residue"))) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String entryPoint = WAYS_TO_END[i % 3];
        outcomes.add(threads.submit(() -> run(module, entryPoint)));
      }
      for (int i = 0; i < outcomes.size(); i++) {
        assertEndsAs(WAYS_TO_END[i % 3], outcomes.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void areNotAllocatedAnew() throws Exception {
    try (WasmModule module = new ModuleCache().load(Guests.path("residue"))) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        long before = allocatedBytes();
        run(module, "_start");
        least = Math.min(least, allocatedBytes() - before);
      }
      // The guest has two pages, and then five.
      assertThat(least).isLessThan(65536);
    }
  }

  private static long allocatedBytes() throws JMException {
    Object[] self = {Thread.currentThread().getId()};
    String[] signature = {"long"};
    return (long)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "getThreadAllocatedBytes",
                self,
                signature);
  }

  private static Outcome run(WasmModule module, String entryPoint) {
    Duration timeout = Duration.ofMillis(entryPoint.equals("spin") ? 1_000 : 30_000);
    return WasmExecution.of(
            WasmConfig.builder(module)
                .entryPoint(entryPoint)
                .limits(WasmLimits.DEFAULT.withTimeout(timeout))
                .build())
        .run();
  }

  private static void assertEndsAs(String entryPoint, Outcome outcome) {
    switch (entryPoint) {
      case "_start":
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        break;
      case "exit":
        assertThat(outcome).isEqualTo(new Outcome.Exit(3));
        break;
      case "spin":
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        break;
      default:
        assertThat(outcome).isInstanceOf(Outcome.Trap.class);
    }
  }
}
