package org.wasmservlet.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own, for it may ruin its JVM: runs guests that call the host at the end of the
 * stack, before anything else has used what the host functions use; and then well-behaved guests.
 */
final class StackExhaustion {
  static final String HEALTHY = "healthy";

  private static final int STACK = 1 << 20;
  private static final int DEEPER_THAN_THE_STACK = 1 << 20;
  private static final int STEPS = 250;

  private final WasmModule dive;
  private final Path directory;

  private StackExhaustion(WasmModule dive, Path directory) {
    this.dive = dive;
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    List<String> faults = new ArrayList<>();
    try (WasmModule dive = new ModuleCache().load(Guests.path("dive"))) {
      for (String entry : List.of("others", "files", "directories")) {
        new StackExhaustion(dive, directory).attack(entry, faults);
      }
    }
    try (WasmModule good = new ModuleCache().load(Guests.path("greedy"));
        WasmModule echo = new ModuleCache().load(Guests.path("echo"));
        WasmModule random = new ModuleCache().load(Guests.path("random"))) {
      expectSuccess(
          WasmExecution.of(
              WasmConfig.builder(good).argument("descriptors").preopen("/", directory).build()),
          faults);
      expectSuccess(
          WasmExecution.of(WasmConfig.builder(echo).build())
              .stdin(new ByteArrayInputStream(new byte[100]))
              .stdout(new ByteArrayOutputStream()),
          faults);
      expectSuccess(WasmExecution.of(WasmConfig.builder(random).build()), faults);
      expectSuccess(
          WasmExecution.of(
              WasmConfig.builder(good)
                  .argument("large-buffers")
                  .preopen("/", directory, Preopen.Access.PRIVATE)
                  .build()),
          faults);
    }
    print(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
  }

  /** Calls the host from far below first, and then less and less far, until it answers. */
  private void attack(String entry, List<String> faults) throws InterruptedException {
    int low = 0;
    int high = DEEPER_THAN_THE_STACK;
    // Where the stack ends, found without a call of the host.
    while (high - low > 10) {
      int middle = (low + high) >>> 1;
      if (dive("nothing", middle, faults)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    for (int i = 0; i < STEPS; i++) {
      dive(entry, high - i * high / STEPS / 4, faults);
    }
  }

  private boolean dive(String entry, int depth, List<String> faults) throws InterruptedException {
    WasmConfig config = WasmConfig.builder(dive).entryPoint(entry).preopen("/", directory).build();
    byte[] input = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(depth).array();
    Outcome[] outcome = {null};
    Thread thread =
        new Thread(
            null,
            () ->
                outcome[0] = WasmExecution.of(config).stdin(new ByteArrayInputStream(input)).run(),
            entry,
            STACK);
    thread.start();
    thread.join();
    if (outcome[0] instanceof Outcome.Trap trap && trap.message().equals("call stack exhausted")) {
      return false;
    }
    if (!(outcome[0] instanceof Outcome.Success)) {
      faults.add(entry + " at depth " + depth + ": " + outcome[0]);
    }
    return true;
  }

  private static void expectSuccess(WasmExecution execution, List<String> faults) {
    Outcome outcome = execution.run();
    if (!(outcome instanceof Outcome.Success)) {
      faults.add(outcome.toString());
    }
  }

  private static void print(String text) {
    System.out.println(text);
  }
}
