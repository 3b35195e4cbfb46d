package org.wasmservlet.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own, for it may ruin its JVM: runs guests that call the host at the end of the
 * stack, on threads of several sizes, before anything else has used what the host functions use;
 * and then well-behaved guests.
 */
final class StackExhaustion {
  static final String HEALTHY = "healthy";

  private static final int KILO = 1024;

  private StackExhaustion() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    List<String> faults = new ArrayList<>();
    try (WasmModule dive = new ModuleCache().load(Guests.path("dive"))) {
      for (String entry : List.of("files", "directories", "others", "files", "directories")) {
        WasmConfig config =
            WasmConfig.builder(dive).entryPoint(entry).preopen("/", directory).build();
        for (int stack : new int[] {512 * KILO, 700 * KILO, 1024 * KILO, 1337 * KILO}) {
          Outcome[] outcome = {null};
          Thread thread =
              new Thread(null, () -> outcome[0] = WasmExecution.of(config).run(), entry, stack);
          thread.start();
          thread.join();
          if (!(outcome[0] instanceof Outcome.Trap trap)
              || !trap.message().equals("call stack exhausted")) {
            faults.add(entry + " on " + stack + " bytes: " + outcome[0]);
          }
        }
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
                  .argument("disk")
                  .preopen("/", directory, Preopen.Access.PRIVATE)
                  .build()),
          faults);
    }
    print(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
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
