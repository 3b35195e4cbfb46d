package org.wasmservlet.measure;

/** A module that stays as it is. */
public record FixedModule(String name, State state) implements RouteModule {
  /** One that is served. */
  public static FixedModule ready(String file) {
    return new FixedModule(file, State.READY);
  }
}
