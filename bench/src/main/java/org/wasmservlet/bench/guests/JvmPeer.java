package org.wasmservlet.bench.guests;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasi.WasiExitException;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.Parser;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;

/**
 * The process that runs a program on this JVM, by our compiler and host or by Chicory's own. Told
 * how often on standard input.
 */
public final class JvmPeer {
  private interface Runs {
    Sample run() throws IOException;
  }

  private final Program program;
  private final Path file;
  private final Path output;

  private JvmPeer(Program program, Path file, Path output) {
    this.program = program;
    this.file = file;
    this.output = output;
  }

  /**
   * Runs.
   *
   * @param args ours or chicory; program; folders of the guests, runtimes, scratch; output file
   */
  public static void main(String[] args) throws IOException {
    Path runtimes = Path.of(args[3]);
    Program program =
        Program.all(Path.of(args[2]), runtimes, Path.of(args[4])).stream()
            .filter(p -> p.name().equals(args[1]))
            .findFirst()
            .orElseThrow();
    JvmPeer peer = new JvmPeer(program, runtimes.resolve(program.module()), Path.of(args[5]));
    long before = usedHeap();
    long start = System.nanoTime();
    Runs runs = args[0].equals("ours") ? peer.ours() : peer.chicory();
    long loaded = System.nanoTime() - start;
    System.out.println("ready " + loaded + " " + (usedHeap() - before));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = orders.readLine()) != null; ) {
      for (int i = Integer.parseInt(line); i > 0; i--) {
        System.out.println(runs.run());
      }
      System.out.println(".");
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Runs ours() throws IOException {
    WasmModule module = new ModuleCache().load(file);
    WasmConfig.Builder builder =
        WasmConfig.builder(module)
            .limits(WasmLimits.DEFAULT.withTimeout(Duration.ofMinutes(10)).withMemory(1L << 30));
    program.arguments().stream().skip(1).forEach(builder::argument);
    program.environment().forEach(builder::environment);
    program.preopens().forEach(builder::preopen);
    WasmConfig config = builder.build();
    return () -> {
      try (InputStream in = Files.newInputStream(program.stdin());
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(output))) {
        long start = cpu();
        Outcome outcome = WasmExecution.of(config).stdin(in).stdout(out).run();
        long end = cpu();
        return new Sample(0, end - start, word(outcome));
      }
    };
  }

  private static String word(Outcome outcome) {
    return outcome instanceof Outcome.Success ? "0" : outcome.toString().replaceAll("\\s+", "_");
  }

  private Runs chicory() {
    com.dylibso.chicory.wasm.WasmModule module = Parser.parse(file);
    Function<Instance, Machine> machine =
        MachineFactoryCompiler.builder(module)
            .withInterpreterFallback(com.dylibso.chicory.compiler.InterpreterFallback.SILENT)
            .compile();
    return () -> {
      try (InputStream in = Files.newInputStream(program.stdin());
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(output))) {
        WasiOptions.Builder options =
            WasiOptions.builder()
                .withArguments(program.arguments())
                .withStdin(in)
                .withStdout(out)
                .withStderr(System.err);
        program.environment().forEach(options::withEnvironment);
        program.preopens().forEach((guest, host) -> options.withDirectory(guest, host));
        String exit = "0";
        long start = cpu();
        try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options.build()).build()) {
          Instance.builder(module)
              .withMachineFactory(machine)
              .withImportValues(ImportValues.builder().addFunction(wasi.toHostFunctions()).build())
              .build();
        } catch (WasiExitException e) {
          exit = Integer.toString(e.exitCode());
        }
        return new Sample(0, cpu() - start, exit);
      }
    };
  }
}
