package org.wasmservlet.core;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a route runs: a module, its arguments, environment, preopened directories and entry point.
 *
 * <p>Immutable and thread-safe. It does not own the module: whoever loaded that closes it.
 */
public final class WasmConfig {
  /** The entry point of a WASI command (WASI preview 1, application ABI). */
  public static final String DEFAULT_ENTRY_POINT = "_start";

  private final WasmModule module;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Map<String, Path> preopens;
  private final String entryPoint;
  private final WasmLimits limits;

  private WasmConfig(Builder builder) {
    this.module = builder.module;
    this.arguments = List.copyOf(builder.arguments);
    this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
    this.preopens = Collections.unmodifiableMap(new LinkedHashMap<>(builder.preopens));
    this.entryPoint = builder.entryPoint;
    this.limits = builder.limits;
  }

  /**
   * Begins a configuration.
   *
   * @param module what to run
   * @return a builder without arguments, environment or directories
   */
  public static Builder builder(WasmModule module) {
    return new Builder(module);
  }

  /**
   * The module.
   *
   * @return what is run
   */
  public WasmModule module() {
    return module;
  }

  /**
   * The guest's arguments.
   *
   * @return {@code argv}; its first element is the module's file name
   */
  public List<String> arguments() {
    return arguments;
  }

  /**
   * The route's environment variables.
   *
   * @return values by name, in the order they were given
   */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * The directories that the guest can reach.
   *
   * @return host directories by guest path, in the order they were given
   */
  public Map<String, Path> preopens() {
    return preopens;
  }

  /**
   * The function that is called.
   *
   * @return an exported function's name
   */
  public String entryPoint() {
    return entryPoint;
  }

  /**
   * What a run may use.
   *
   * @return the limits of each run
   */
  public WasmLimits limits() {
    return limits;
  }

  /**
   * Gathers a configuration and refuses, at once, what cannot be meant. Not thread-safe.
   *
   * <p>Every method throws IllegalArgumentException with a message that names the value and what is
   * wrong with it.
   */
  public static final class Builder {
    private final WasmModule module;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, Path> preopens = new LinkedHashMap<>();
    private String entryPoint;
    private WasmLimits limits = WasmLimits.DEFAULT;

    private Builder(WasmModule module) {
      this.module = module;
      arguments.add(module.fileName());
    }

    /**
     * Adds one argument after those there are.
     *
     * @param argument any text without NUL
     * @return this builder
     */
    public Builder argument(String argument) {
      refuseNul("argument", argument);
      arguments.add(argument);
      return this;
    }

    /**
     * Sets an environment variable, which also overrides one that a single run brings.
     *
     * @param name not empty, without '=' and NUL, not given before
     * @param value any text without NUL
     * @return this builder
     */
    public Builder environment(String name, String value) {
      refuseNul("environment variable's name", name);
      refuseNul("value of environment variable " + name, value);
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException(
            "not a name for an environment variable: '" + name + "'");
      }
      if (environment.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("environment variable " + name + " is given twice");
      }
      return this;
    }

    /**
     * Gives the guest a directory.
     *
     * @param guestPath what the guest calls it; not given before
     * @param hostDirectory an existing directory
     * @return this builder
     */
    public Builder preopen(String guestPath, Path hostDirectory) {
      refuseNul("guest path", guestPath);
      if (guestPath.isEmpty()) {
        throw new IllegalArgumentException("the guest path of " + hostDirectory + " is empty");
      }
      if (!Files.exists(hostDirectory)) {
        throw new IllegalArgumentException(hostDirectory + ": no such directory");
      }
      if (!Files.isDirectory(hostDirectory)) {
        throw new IllegalArgumentException(hostDirectory + ": not a directory");
      }
      if (!Files.isReadable(hostDirectory)) {
        throw new IllegalArgumentException(hostDirectory + ": not readable");
      }
      String key = withoutTrailingSlash(guestPath);
      if (preopens.containsKey(key)) {
        throw new IllegalArgumentException(
            "guest path "
                + guestPath
                + " is given twice: for "
                + preopens.get(key)
                + " and for "
                + hostDirectory);
      }
      preopens.put(key, hostDirectory.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Chooses what is called; {@value WasmConfig#DEFAULT_ENTRY_POINT} where this is not.
     *
     * @param name an exported function without parameters
     * @return this builder
     */
    public Builder entryPoint(String name) {
      FunctionType type = module.compiled().exportedFunctionType(name);
      if (type == null) {
        throw new IllegalArgumentException(
            module.file() + " exports no function named '" + name + "'");
      }
      if (!type.params().isEmpty()) {
        throw new IllegalArgumentException(
            "function '"
                + name
                + "' of "
                + module.file()
                + " takes parameters; an entry point has"
                + " none");
      }
      entryPoint = name;
      return this;
    }

    /**
     * Limits each run; {@link WasmLimits#DEFAULT} where this is not called.
     *
     * @param value not less memory than the module starts with
     * @return this builder
     */
    public Builder limits(WasmLimits value) {
      long initial = module.compiled().initialMemory();
      if (initial > value.memory()) {
        throw new IllegalArgumentException(
            module.file()
                + " starts with "
                + initial
                + " bytes of linear memory, and the limit is "
                + value.memory());
      }
      limits = value;
      return this;
    }

    /**
     * Finishes.
     *
     * @return the configuration
     */
    public WasmConfig build() {
      if (entryPoint == null) {
        entryPoint(DEFAULT_ENTRY_POINT);
      }
      limits(limits);
      return new WasmConfig(this);
    }

    private static String withoutTrailingSlash(String path) {
      int end = path.length();
      while (end > 1
          && (path.charAt(end - 1) == '/' || path.charAt(end - 1) == File.separatorChar)) {
        end--;
      }
      return path.substring(0, end);
    }

    private static void refuseNul(String what, String value) {
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("the " + what + " contains a NUL character");
      }
    }
  }
}
