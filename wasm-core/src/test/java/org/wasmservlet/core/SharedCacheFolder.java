package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * A program of its own, of which several share a cache folder that is too small for both modules:
 * when it is told to begin, it loads one and the other in turn, while others write, read and clear
 * away the same files.
 */
final class SharedCacheFolder {
  static final String HEALTHY = "healthy";

  /** Room for one of the modules. */
  private static final long MOST_BYTES = 8_000;

  private static final int ROUNDS = 60;

  private SharedCacheFolder() {}

  public static void main(String[] arguments) throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("org.wasmservlet.core.ModuleCache");
    logger.addHandler(collector(log));
    PreparedModules shared = PreparedModules.in(Path.of(arguments[0]), MOST_BYTES);
    System.in.read();
    List<String> faults = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String guest : List.of("hello", "environment")) {
        try (WasmModule module = new ModuleCache().load(Guests.path(guest), shared)) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          Outcome outcome = WasmExecution.of(WasmConfig.builder(module).build()).stdout(out).run();
          if (!(outcome instanceof Outcome.Success)
              || guest.equals("hello") && !out.toString(UTF_8).equals("hello\n")) {
            faults.add(guest + ": " + outcome + out);
          }
        }
      }
    }
    faults.addAll(log);
    System.out.println(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
  }

  private static Handler collector(List<String> log) {
    return new Handler() {
      @Override
      public void publish(LogRecord message) {
        log.add(new SimpleFormatter().formatMessage(message));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
