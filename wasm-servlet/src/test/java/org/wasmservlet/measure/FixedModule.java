package org.wasmservlet.measure;

import java.nio.file.Path;

/** A module that stays as it is. */
public record FixedModule(Path file, State state) implements RouteModule {
  /** One that is served. */
  public static FixedModule ready(String file) {
    return new FixedModule(Path.of(file), State.READY);
  }
}
