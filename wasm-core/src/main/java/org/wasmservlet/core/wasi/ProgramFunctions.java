package org.wasmservlet.core.wasi;

import java.util.List;
import org.wasmservlet.core.directory.Errno;

/** Functions that concern the program itself: {@code args}, {@code environ}, {@code proc}. */
final class ProgramFunctions {
  private ProgramFunctions() {}

  static List<WasiFunction> all() {
    return List.of(
        WasiFunction.shallow(
            "args_get", "ii", (context, m, a) -> context.arguments().write(m, a[0], a[1])),
        WasiFunction.shallow(
            "args_sizes_get",
            "ii",
            (context, m, a) -> context.arguments().writeSizes(m, a[0], a[1])),
        WasiFunction.shallow(
            "environ_get", "ii", (context, m, a) -> context.environment().write(m, a[0], a[1])),
        WasiFunction.shallow(
            "environ_sizes_get",
            "ii",
            (context, m, a) -> context.environment().writeSizes(m, a[0], a[1])),
        WasiFunction.shallow(
            "clock_res_get",
            "ii",
            (context, m, a) -> m.writeLong(a[1], context.clocks().resolution(a[0]))),
        // The precision that is asked for is no less than there is.
        WasiFunction.shallow(
            "clock_time_get",
            "ili",
            (context, m, a) -> m.writeLong(a[2], context.clocks().now(a[0]))),
        WasiFunction.deep(
            "random_get", "ii", (context, m, a) -> context.random().fill(m, a[0], a[1])),
        WasiFunction.shallow(
            "sched_yield",
            "",
            (context, m, a) -> {
              GuestInterrupted.check();
              Thread.yield();
            }),
        WasiFunction.shallow(
            "proc_raise",
            "i",
            (context, m, a) -> {
              throw Errno.NOTSUP.error();
            }));
  }
}
