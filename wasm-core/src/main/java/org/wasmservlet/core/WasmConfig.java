package org.wasmservlet.core;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.wasmservlet.core.wasi.AbandonedDirectories;
import org.wasmservlet.core.wasi.MountPoint;

/**
 * What a route runs: a module, its arguments, environment, preopened directories and entry point.
 *
 * <p>Immutable and thread-safe. It does not own the module: whoever loaded that closes it.
 */
public final class WasmConfig {
  /** The entry point of a WASI command (WASI preview 1, application ABI). */
  public static final String DEFAULT_ENTRY_POINT = "_start";

  private static final String ACCEPT = "sock_accept";

  private final WasmModule module;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final List<Preopen> preopens;
  private final List<MountPoint> mountPoints;
  private final String entryPoint;
  private final boolean acceptsConnection;
  private final WasmLimits limits;

  private WasmConfig(Builder builder) {
    this.module = builder.module;
    this.arguments =
        Stream.concat(
                Stream.of(
                    builder.programName == null ? builder.module.fileName() : builder.programName),
                builder.arguments.stream())
            .toList();
    this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
    this.preopens = List.copyOf(builder.preopens.values());
    this.mountPoints = List.copyOf(builder.mountPoints);
    this.entryPoint = builder.entryPoint;
    this.acceptsConnection = builder.acceptsConnection;
    this.limits = builder.limits;
  }

  /**
   * Begins a configuration for modules that are not loaded yet.
   *
   * @return a builder without arguments, environment or directories; what a module is needed for is
   *     checked by a {@linkplain Builder#forModule copy for a module}
   */
  public static Builder builder() {
    return new Builder(null);
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
   * @return {@code argv}; its first element is what the program is called
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
   * @return in the order they were given
   */
  public List<Preopen> preopens() {
    return preopens;
  }

  /** The same, by the real paths that the host directories had when the configuration was made. */
  List<MountPoint> mountPoints() {
    return mountPoints;
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
   * Whether the guest may accept the connection that each run brings.
   *
   * @return false if it has no sockets
   */
  public boolean acceptsConnection() {
    return acceptsConnection;
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
   * wrong with it. {@link #entryPoint}, {@link #limits} and {@link #build} need a module.
   */
  public static final class Builder {
    private final WasmModule module;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, Preopen> preopens = new LinkedHashMap<>();
    private final List<MountPoint> mountPoints = new ArrayList<>();
    private String programName;
    private String entryPoint;
    private boolean acceptsConnection;
    private WasmLimits limits = WasmLimits.DEFAULT;

    private Builder(WasmModule module) {
      this.module = module;
    }

    /**
     * Makes a builder that has what this one has been given.
     *
     * @param value what to run
     * @return another builder, for that module
     */
    public Builder forModule(WasmModule value) {
      Builder copy = new Builder(Objects.requireNonNull(value, "module"));
      copy.arguments.addAll(arguments);
      copy.environment.putAll(environment);
      copy.preopens.putAll(preopens);
      copy.mountPoints.addAll(mountPoints);
      copy.programName = programName;
      copy.entryPoint = entryPoint;
      copy.acceptsConnection = acceptsConnection;
      copy.limits = limits;
      return copy;
    }

    /**
     * The directories so far.
     *
     * @return in the order they were given
     */
    public List<Preopen> preopens() {
      return List.copyOf(preopens.values());
    }

    /**
     * Chooses what the guest is told that it is called; the module's file name where this is not.
     *
     * @param name the first element of {@code argv}, without NUL
     * @return this builder
     */
    public Builder programName(String name) {
      refuseNul("program's name", name);
      programName = name;
      return this;
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
     * Gives the guest a directory that it may read and write.
     *
     * @param guestPath what the guest calls it; not given before
     * @param hostDirectory an existing directory; links in its path are followed now and not again
     * @return this builder
     */
    public Builder preopen(String guestPath, Path hostDirectory) {
      return preopen(guestPath, hostDirectory, Preopen.Access.READ_WRITE);
    }

    /**
     * Gives the guest a directory.
     *
     * @param guestPath what the guest calls it; not given before
     * @param hostDirectory an existing directory; links in its path are followed now and not again.
     *     For {@link Preopen.Access#PRIVATE} the directory in which each run gets one of its own;
     *     those that are left of processes which were killed are deleted now
     * @param access what the guest may do there
     * @return this builder
     */
    public Builder preopen(String guestPath, Path hostDirectory, Preopen.Access access) {
      refuseNul("guest path", guestPath);
      if (guestPath.isEmpty()) {
        throw new IllegalArgumentException("the guest path of " + hostDirectory + " is empty");
      }
      refuseUnusable(hostDirectory);
      String key = withoutTrailingSlash(guestPath);
      Preopen given = preopens.get(key);
      if (given != null) {
        throw new IllegalArgumentException(
            "guest path "
                + guestPath
                + " is given twice: for "
                + given.hostDirectory()
                + " and for "
                + hostDirectory);
      }
      try {
        mountPoints.add(new MountPoint(key, hostDirectory.toRealPath(), access.kind()));
      } catch (IOException e) {
        throw new IllegalArgumentException(hostDirectory + ": cannot be resolved: " + e, e);
      }
      if (access == Preopen.Access.PRIVATE) {
        AbandonedDirectories.deleteIn(hostDirectory);
      }
      preopens.put(key, new Preopen(key, hostDirectory.toAbsolutePath().normalize(), access));
      return this;
    }

    private static void refuseUnusable(Path hostDirectory) {
      if (!Files.exists(hostDirectory)) {
        throw new IllegalArgumentException(hostDirectory + ": no such directory");
      }
      if (!Files.isDirectory(hostDirectory)) {
        throw new IllegalArgumentException(hostDirectory + ": not a directory");
      }
      if (!Files.isReadable(hostDirectory)) {
        throw new IllegalArgumentException(hostDirectory + ": not readable");
      }
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(hostDirectory)) {
        if (!(stream instanceof SecureDirectoryStream)) {
          throw new IllegalArgumentException(
              hostDirectory
                  + ": guests cannot be confined to a directory on this platform or file system,"
                  + " for the JDK has no handles of directories there");
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(hostDirectory + ": cannot be opened: " + e, e);
      }
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
     * Lets the guest accept the {@linkplain WasmExecution#connection connection} that each run
     * brings: its first {@code sock_accept}, of whatever descriptor, gives it, and the second ends
     * the run. The guest gets no other socket.
     *
     * @return this builder, which then takes no module that does not import {@code sock_accept}
     */
    public Builder acceptConnection() {
      acceptsConnection = true;
      if (module != null) {
        refuseModuleThatCannotAccept();
      }
      return this;
    }

    private void refuseModuleThatCannotAccept() {
      if (!module.compiled().imports(ACCEPT)) {
        throw new IllegalArgumentException(
            module.file() + " accepts no connections: it does not import " + ACCEPT);
      }
    }

    /**
     * Limits each run; {@link WasmLimits#DEFAULT} where this is not called.
     *
     * @param value not less memory than the module starts with
     * @return this builder
     */
    public Builder limits(WasmLimits value) {
      refuseLessThanInitial(value.memory(), "the limit is ");
      limits = value;
      return this;
    }

    private void refuseLessThanInitial(long memory, String what) {
      long initial = module.compiled().initialMemory();
      if (initial > memory) {
        throw new IllegalArgumentException(
            module.file() + " starts with " + initial + " bytes of memory, and " + what + memory);
      }
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
      if (acceptsConnection) {
        refuseModuleThatCannotAccept();
      }
      refuseLessThanInitial(MemoryBudget.shared().limit(), "all guests together may have ");
      if (3 + mountPoints.size() > limits.openFiles()) {
        throw new IllegalArgumentException(
            "standard streams and directories are "
                + (3 + mountPoints.size())
                + " open files, and the limit is "
                + limits.openFiles());
      }
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
