package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** One function of the interface: its name, its type and what it does. */
final class WasiFunction {
  private final String name;
  private final FunctionType type;
  private final boolean[] narrow;
  private final int room;
  private final HostCall call;

  private WasiFunction(String name, String parameters, int room, HostCall call) {
    this.name = name;
    this.type = FunctionType.of(types(parameters), List.of(ValType.I32));
    this.narrow = new boolean[parameters.length()];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = parameters.charAt(i) == 'i';
    }
    this.room = room;
    this.call = call;
  }

  /**
   * A function that answers out of what the host has at hand, or looks for room on the stack itself
   * before it goes further.
   *
   * @param parameters a letter each: {@code i} for 32 bits, {@code l} for 64
   */
  static WasiFunction shallow(String name, String parameters, HostCall call) {
    return new WasiFunction(name, parameters, 0, call);
  }

  /** A function that works on open files and directories, by their handles, and on nothing else. */
  static WasiFunction ofFiles(String name, String parameters, HostCall call) {
    return new WasiFunction(name, parameters, HeadRoom.FILES, call);
  }

  /** A function that goes far into the JDK or the servlet container. */
  static WasiFunction deep(String name, String parameters, HostCall call) {
    return new WasiFunction(name, parameters, HeadRoom.ANYTHING, call);
  }

  String name() {
    return name;
  }

  FunctionType type() {
    return type;
  }

  /** The function as the engine takes it, for one run. */
  HostFunction bind(String module, WasiContext context) {
    return new HostFunction(
        module,
        name,
        type,
        (instance, arguments) -> {
          Errno errno = call(context, context.memory(instance.memory()), arguments);
          return new long[] {errno.code()};
        });
  }

  /** Calls it: whatever fails becomes an error number, but for what ends the guest. */
  Errno call(WasiContext context, GuestMemory memory, long[] arguments) {
    for (int i = 0; i < narrow.length; i++) {
      if (narrow[i]) {
        arguments[i] = GuestMemory.u32(arguments[i]);
      }
    }
    if (room > 0) {
      HeadRoom.require(room);
    }
    return invoke(context, memory, arguments);
  }

  /** Calls it, whether there is room for it or not. */
  Errno invoke(WasiContext context, GuestMemory memory, long[] arguments) {
    try {
      call.call(context, memory, arguments);
      return Errno.SUCCESS;
    } catch (WasiError e) {
      return e.errno();
    } catch (IOException e) {
      return IoErrors.of(e);
    } catch (StreamFailure | GuestExit | GuestInterrupted e) {
      throw e;
    } catch (RuntimeException e) {
      return IoErrors.of(e);
    }
  }

  private static List<ValType> types(String parameters) {
    List<ValType> types = new ArrayList<>();
    for (char c : parameters.toCharArray()) {
      types.add(c == 'i' ? ValType.I32 : ValType.I64);
    }
    return types;
  }
}
