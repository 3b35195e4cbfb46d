package org.wasmservlet.core;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A program of its own, which freezes a guest and keeps it: in a folder, after some commands. */
final class KeepingProcess {
  private KeepingProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (WasmModule module =
        new ModuleCache()
            .load(Guests.path("frozen"), ModuleUse.usual().toBeFrozen(), PreparedModules.none())) {
      WasmConfig.Builder config = WasmConfig.builder(module).preopen("/d", path(arguments[1]));
      List.of(arguments).subList(2, arguments.length).forEach(config::argument);
      try (FrozenProgram program = ProgramFreezer.of(config.build(), FreezeAt.stdin()).freeze()) {
        FrozenPrograms.in(path(arguments[0]), 1 << 30).keep(program);
      }
    }
  }

  /** Names may have characters that this process's locale has not. */
  private static Path path(String uri) {
    return Path.of(URI.create(uri));
  }
}
