package org.wasmservlet.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wasmservlet.core.module.CompiledModule;

/**
 * One user's handle on a module that was loaded once and is shared by all its users, whatever file
 * they found it in.
 *
 * <p>Thread-safe and, but for {@link #close()}, immutable. The shared module is released when its
 * last user has closed its handle; runs that have begun by then end undisturbed.
 */
public final class WasmModule implements AutoCloseable {
  private final CompiledModule compiled;
  private final ModuleVersion version;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  WasmModule(CompiledModule compiled, ModuleVersion version, Runnable release) {
    this.compiled = compiled;
    this.version = version;
    this.release = release;
    Watchdog.SHARED.retain();
  }

  /**
   * The file that this user found the module in.
   *
   * @return its real path: absolute, without symbolic links
   */
  public Path file() {
    return version.file();
  }

  /**
   * This file as it was when the module was asked for.
   *
   * @return what tells it from a file that has replaced it
   */
  public ModuleVersion version() {
    return version;
  }

  /**
   * The last part of the module's path.
   *
   * @return the file's name, which is every guest's {@code argv[0]}
   */
  public String fileName() {
    return file().getFileName().toString();
  }

  /**
   * How large the module is.
   *
   * @return the number of functions that the module defines, without its imports
   */
  public int functionCount() {
    return compiled.functionCount();
  }

  /**
   * How much of the module is not compiled.
   *
   * @return the number of functions that are interpreted, and slow, because they are too large for
   *     a JVM method
   */
  public int interpretedFunctionCount() {
    return compiled.interpretedFunctionCount();
  }

  /**
   * What loading cost.
   *
   * @return the wall time that reading, parsing, validating and compiling took, for whoever asked
   *     first
   */
  public Duration loadTime() {
    return compiled.loadTime();
  }

  /**
   * Tells what loading did not have to do.
   *
   * @return true if the module was prepared, so that nothing was compiled
   */
  public boolean wasPrepared() {
    return compiled.wasPrepared();
  }

  /**
   * Tells whether a name can be an entry point.
   *
   * @param name an export's name
   * @return true if the module exports a function of this name
   */
  public boolean exportsFunction(String name) {
    return compiled.exportedFunctionType(name) != null;
  }

  /** Releases this handle. Closing twice is harmless. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
      Watchdog.SHARED.release();
    }
  }

  CompiledModule compiled() {
    return compiled;
  }

  @Override
  public String toString() {
    return "WasmModule[" + file() + "]";
  }
}
