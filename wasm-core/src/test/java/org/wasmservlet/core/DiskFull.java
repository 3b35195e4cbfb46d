package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;

/**
 * A program of its own, in a directory of half a mebibyte: a guest that may write more than that
 * fills it, deletes its file and does the same again.
 */
final class DiskFull {
  // Error number 51 (NOSPC), when the disk is full and not at the guest's limit.
  static final String TOLD_TWICE = "524288 51\n524288 51\n";

  private DiskFull() {}

  public static void main(String[] arguments) throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    try (WasmModule module = new ModuleCache().load(Guests.path("greedy"))) {
      WasmConfig config =
          WasmConfig.builder(module)
              .argument("fill")
              .preopen("/", Path.of(arguments[0]))
              .limits(WasmLimits.DEFAULT.withWritten(1L << 30))
              .build();
      for (int i = 0; i < 2; i++) {
        Outcome outcome = WasmExecution.of(config).stdout(stdout).run();
        if (!(outcome instanceof Outcome.Success)) {
          System.out.println(outcome);
        }
      }
    }
    System.out.print(stdout.toString(UTF_8));
  }
}
