package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The host functions of one run: its arguments, environment, directories and standard streams.
 *
 * <p>Belongs to the run's thread. Closing it closes every file that the guest left open.
 */
public final class WasiHost implements AutoCloseable {
  /** The name under which guests import the functions. */
  public static final String MODULE = "wasi_snapshot_preview1";

  private static final Map<String, FunctionType> FUNCTION_TYPES = readFunctionTypes();

  private final WasiPreview1 wasi;
  private final GuestOutput stdout;

  private WasiHost(WasiPreview1 wasi, GuestOutput stdout) {
    this.wasi = wasi;
    this.stdout = stdout;
  }

  /**
   * Makes the host of one run.
   *
   * @param arguments the guest's arguments, {@code argv[0]} first
   * @param environment the guest's whole environment
   * @param preopens host directories by their guest names
   * @param streams the guest's standard streams
   * @return a host that must be closed
   */
  public static WasiHost open(
      List<String> arguments,
      Map<String, String> environment,
      Map<String, Path> preopens,
      StandardStreams streams) {
    GuestOutput stdout = new GuestOutput(streams.stdout());
    WasiOptions.Builder options =
        WasiOptions.builder()
            .withArguments(arguments)
            .withRandom(new LazySecureRandom())
            .withStdin(new GuestInput(streams.stdin(), stdout), false)
            .withStdout(stdout, false)
            .withStderr(new GuestError(streams.stderr()), false);
    environment.forEach(options::withEnvironment);
    preopens.forEach(options::withDirectory);
    return new WasiHost(build(options.build()), stdout);
  }

  /**
   * The functions that every guest can import.
   *
   * @return their types by name
   */
  public static Map<String, FunctionType> functionTypes() {
    return FUNCTION_TYPES;
  }

  /**
   * The functions for one instance.
   *
   * @return what to build the instance with
   */
  public ImportValues imports() {
    HostFunction[] functions = wasi.toHostFunctions();
    for (int i = 0; i < functions.length; i++) {
      if (functions[i].name().equals("poll_oneoff")) {
        functions[i] = flushingFirst(functions[i]);
      }
    }
    return ImportValues.builder().addFunction(functions).build();
  }

  /** A guest that is about to wait has said what it had to say: let the reader have it. */
  private HostFunction flushingFirst(HostFunction function) {
    WasmFunctionHandle wait = function.handle();
    return new HostFunction(
        function.module(),
        function.name(),
        function.functionType(),
        (instance, args) -> {
          stdout.flushIfWritten();
          return wait.apply(instance, args);
        });
  }

  @Override
  public void close() {
    wasi.close();
  }

  private static WasiPreview1 build(WasiOptions options) {
    return WasiPreview1.builder().withLogger(SilentLogger.INSTANCE).withOptions(options).build();
  }

  private static Map<String, FunctionType> readFunctionTypes() {
    Map<String, FunctionType> types = new HashMap<>();
    try (WasiPreview1 wasi = build(WasiOptions.builder().build())) {
      for (HostFunction function : wasi.toHostFunctions()) {
        types.put(function.name(), function.functionType());
      }
    }
    return Map.copyOf(types);
  }
}
