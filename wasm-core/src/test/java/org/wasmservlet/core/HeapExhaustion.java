package org.wasmservlet.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own, with a small heap: guests that may have more memory than the heap holds
 * grow until they cannot, and then well-behaved guests run.
 */
final class HeapExhaustion {
  static final String HEALTHY = "healthy";

  private static final int PAGE = 65536;

  private HeapExhaustion() {}

  public static void main(String[] arguments) throws Exception {
    MemoryBudget.shared().limit(1L << 40);
    List<String> faults = new ArrayList<>();
    for (String guest : List.of("grow", "tables")) {
      Outcome outcome = run(guest, guest.equals("tables") ? "fast" : "_start");
      // It was told that there is no more, some way below the size of the heap.
      if (!(outcome instanceof Outcome.Exit exit)
          || exit.code() < 10
          || exit.code() > Runtime.getRuntime().maxMemory() / PAGE * 12) {
        faults.add(guest + ": " + outcome);
      }
      if (!(run("hello", "_start") instanceof Outcome.Success)) {
        faults.add("hello after " + guest);
      }
    }
    if (MemoryBudget.shared().reserved() != 0) {
      faults.add(MemoryBudget.shared().toString());
    }
    System.out.println(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
  }

  private static Outcome run(String guest, String entryPoint) throws Exception {
    try (WasmModule module = new ModuleCache().load(Guests.path(guest))) {
      return WasmExecution.of(
              WasmConfig.builder(module)
                  .entryPoint(entryPoint)
                  .limits(WasmLimits.DEFAULT.withMemory(2L << 30))
                  .build())
          .run();
    }
  }
}
