package org.wasmservlet.measure;

/** The module that a route runs, as far as others want to know of it. Thread-safe. */
public interface RouteModule {
  /**
   * Where it is.
   *
   * @return its file, loaded or not, or the reference that it is named by
   */
  String name();

  /**
   * Whether it can be run.
   *
   * @return the present state
   */
  State state();

  /**
   * Whether requests resume it.
   *
   * @return the present state
   */
  default RouteFreeze freeze() {
    return RouteFreeze.OFF;
  }

  /** How far a module has come. */
  enum State {
    /** Nobody has asked for it: {@code WasmPreload Off}. */
    NOT_LOADED("not loaded"),
    /** It is being loaded or warmed up; requests wait. */
    LOADING("loading"),
    /** Requests are served. */
    READY("ready"),
    /** It could not be loaded; requests get 503. */
    FAILED("failed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /**
     * As people and machines read it.
     *
     * @return a constant
     */
    public String label() {
      return label;
    }
  }
}
