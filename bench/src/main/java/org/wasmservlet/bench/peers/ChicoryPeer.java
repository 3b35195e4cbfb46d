package org.wasmservlet.bench.peers;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasi.WasiExitException;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A module on Chicory's compiler and host, as its documentation says. */
final class ChicoryPeer implements JvmPeer.Loaded {
  private static final long[] NO_ARGUMENTS = {};

  private final WasmModule module;
  private final Function<Instance, Machine> machine;

  ChicoryPeer(Path file) {
    module = Parser.parse(file);
    machine =
        MachineFactoryCompiler.builder(module)
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .compile();
  }

  @Override
  public JvmPeer.Runs prepare(Order order) {
    return () -> {
      try (InputStream in = Files.newInputStream(order.stdin());
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(order.stdout()));
          OutputStream err =
              order.stderr() == null ? System.err : Files.newOutputStream(order.stderr())) {
        return run(order, in, out, err);
      }
    };
  }

  private Sample run(Order order, InputStream in, OutputStream out, OutputStream err) {
    WasiOptions.Builder options =
        WasiOptions.builder()
            .withArguments(order.arguments())
            .withStdin(in)
            .withStdout(out)
            .withStderr(err);
    order.environment().forEach(options::withEnvironment);
    order.preopens().forEach(options::withDirectory);
    String end = "0";
    long start = JvmPeer.cpu();
    long made = start;
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options.build()).build()) {
      Instance instance =
          Instance.builder(module)
              .withMachineFactory(machine)
              .withImportValues(ImportValues.builder().addFunction(wasi.toHostFunctions()).build())
              .withStart(false)
              .build();
      made = JvmPeer.cpu();
      instance.export(order.entryPoint()).apply(NO_ARGUMENTS);
    } catch (WasiExitException e) {
      end = Integer.toString(e.exitCode());
    }
    return new Sample(made - start, JvmPeer.cpu() - made, end);
  }
}
