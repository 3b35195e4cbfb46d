package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The host functions of one run: its arguments, environment, directories and standard streams.
 *
 * <p>Belongs to the run's thread. Closing it closes every file that the guest left open and deletes
 * its private directories.
 */
public final class WasiHost implements AutoCloseable {
  static {
    // When the first module is loaded, not in the first request.
    HostClasses.initialise();
  }

  private final WasiContext context;

  private WasiHost(WasiContext context) {
    this.context = context;
  }

  /**
   * Makes the host of one run.
   *
   * @param arguments the guest's arguments, {@code argv[0]} first
   * @param environment the guest's whole environment; each character is a byte
   * @param mountPoints the directories that the guest finds open, in the order of their descriptors
   * @param streams the guest's standard streams, and what it may accept
   * @param limits what the guest may hold and do
   * @return a host that must be closed
   */
  public static WasiHost open(
      List<String> arguments,
      Map<String, String> environment,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits) {
    return new WasiHost(new WasiContext(arguments, environment, mountPoints, streams, limits));
  }

  /**
   * Makes the host of a run that begins anew and is to be frozen.
   *
   * @param arguments the guest's arguments, {@code argv[0]} first
   * @param environment the guest's whole environment; each character is a byte
   * @param mountPoints the directories that the guest finds open, in the order of their descriptors
   * @param streams the guest's standard streams, and what it may accept
   * @param limits what the guest may hold and do
   * @param freezer what freezes it; for this run alone
   * @return a host that must be closed
   */
  public static WasiHost open(
      List<String> arguments,
      Map<String, String> environment,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits,
      HostFreezer freezer) {
    return new WasiHost(
        new WasiContext(arguments, environment, mountPoints, streams, limits, freezer));
  }

  /**
   * Makes the host of a run that goes on from where its program was frozen.
   *
   * @param frozen what it had then
   * @param mountPoints those of the run that was frozen
   * @param streams the guest's standard streams, and what it may accept
   * @param limits what the guest may hold and do, from now on
   * @return a host that must be closed
   */
  public static WasiHost resume(
      FrozenHost frozen, List<MountPoint> mountPoints, StandardStreams streams, Limits limits) {
    return new WasiHost(new WasiContext(frozen, mountPoints, streams, limits, null));
  }

  /**
   * Makes the host of a run that goes on from where its program was frozen, and is to be frozen
   * again.
   *
   * @param frozen what it had then
   * @param mountPoints those of the run that was frozen
   * @param streams the guest's standard streams, and what it may accept
   * @param limits what the guest may hold and do, from now on
   * @param freezer what freezes it; for this run alone
   * @return a host that must be closed
   */
  public static WasiHost resume(
      FrozenHost frozen,
      List<MountPoint> mountPoints,
      StandardStreams streams,
      Limits limits,
      HostFreezer freezer) {
    return new WasiHost(new WasiContext(frozen, mountPoints, streams, limits, freezer));
  }

  /**
   * The type of a function that guests can import.
   *
   * @param module the module that it is imported from
   * @param name its name there
   * @return its type, or null if there is no such function
   */
  public static FunctionType functionType(String module, String name) {
    return FunctionTable.type(module, name);
  }

  /**
   * The functions that an instance of a module imports.
   *
   * @param module one that may be run
   * @param unknown gives a function that is imported and not provided
   * @return what to build the instance with
   */
  public ImportValues imports(
      WasmModule module, BiFunction<FunctionImport, FunctionType, ImportFunction> unknown) {
    List<ImportFunction> functions = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof FunctionImport function) {
        FunctionType type = module.typeSection().getType(function.typeIndex());
        FunctionType provided = functionType(function.module(), function.name());
        functions.add(
            provided != null && type.equals(provided)
                ? FunctionTable.bind(function.module(), function.name(), context)
                : unknown.apply(function, type));
      }
    }
    return ImportValues.builder().withFunctions(functions).build();
  }

  /**
   * Tells whether something that the guest has written waits for a flush; for any thread.
   *
   * @param nanos for how long at least
   * @param now as {@link System#nanoTime()} tells it
   * @return false too if the guest has written nothing
   */
  public boolean hasOutputWaited(long nanos, long now) {
    return context.answer().hasWaited(nanos, now);
  }

  /**
   * Flushes what the guest has written, between two instructions of its own. Where a guest has left
   * too little stack for that, nothing is done.
   */
  public void flushOutput() {
    if (HeadRoom.isThere(HeadRoom.ANYTHING)) {
      context.answer().flushIfWritten();
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
