package org.wasmservlet.bench.peers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleUse;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;

/** A module on our compiler and host, run as the servlet runs it. */
final class OurPeer implements JvmPeer.Loaded {
  private static final WasmLimits LIMITS =
      WasmLimits.DEFAULT.withMemory(1L << 30).withOutput(1L << 30).withWritten(1L << 30);

  /** As the other peers do: a program may import what it never calls. */
  static final ModuleUse USE = ModuleUse.usual().trappingUnknownImports();

  private final WasmModule module;

  OurPeer(Path file, PreparedModules prepared) throws IOException {
    this.module = new ModuleCache().load(file, USE, prepared);
  }

  @Override
  public JvmPeer.Runs prepare(Order order) {
    WasmConfig config = config(module, order);
    return () -> run(order, WasmExecution.of(config));
  }

  static WasmConfig config(WasmModule module, Order order) {
    WasmConfig.Builder builder =
        WasmConfig.builder(module)
            .entryPoint(order.entryPoint())
            .limits(LIMITS.withTimeout(order.limit()));
    order.arguments().stream().skip(1).forEach(builder::argument);
    order.environment().forEach(builder::environment);
    order.preopens().forEach(builder::preopen);
    return builder.build();
  }

  static Sample run(Order order, WasmExecution execution) throws IOException {
    try (InputStream in = Files.newInputStream(order.stdin());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(order.stdout()));
        OutputStream err =
            order.stderr() == null ? System.err : Files.newOutputStream(order.stderr())) {
      long start = JvmPeer.cpu();
      Outcome outcome = execution.stdin(in).stdout(out).stderr(err).run();
      long end = JvmPeer.cpu();
      return new Sample(0, end - start, word(outcome));
    }
  }

  private static String word(Outcome outcome) {
    if (outcome instanceof Outcome.Success) {
      return "0";
    }
    if (outcome instanceof Outcome.Exit exit) {
      return Integer.toString(exit.code());
    }
    if (outcome instanceof Outcome.TimedOut) {
      return "late";
    }
    String text =
        outcome instanceof Outcome.Trap trap ? "trap:" + trap.message() : outcome.toString();
    return text.replaceAll("\\s+", "_");
  }
}
