package org.wasmservlet.program;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.wasmservlet.core.ModuleVersion;
import org.wasmservlet.core.WasmModuleException;

/**
 * Notices that a module's file has been replaced. It looks when it is asked, and at most once a
 * second; a file must look the same twice, so that one that is still being written is left alone.
 * Thread-safe.
 */
final class ModuleWatch {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final LongSupplier nanoTime;
  private final AtomicLong lookedAt;

  /** Seen once; guarded by this. */
  private ModuleVersion seen;

  /** Seen twice and loaded, or found broken; guarded by this. */
  private ModuleVersion dealtWith;

  ModuleWatch(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.lookedAt = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Looks at the file if it is time to.
   *
   * @param running what is served now
   * @return true if there is a new version to load; it is told once
   */
  boolean hasChanged(ModuleVersion running) {
    long last = lookedAt.get();
    long now = nanoTime.getAsLong();
    return now - last >= INTERVAL && lookedAt.compareAndSet(last, now) && look(running);
  }

  /** Tells of the version that it told of last once more: it could not be loaded yet. */
  synchronized void tellAgain() {
    dealtWith = null;
  }

  private synchronized boolean look(ModuleVersion running) {
    ModuleVersion now;
    try {
      now = ModuleVersion.of(file);
    } catch (WasmModuleException e) {
      // Gone, or between the old and the new.
      seen = null;
      return false;
    }
    if (now.equals(running) || now.equals(dealtWith)) {
      seen = null;
      return false;
    }
    if (!now.equals(seen)) {
      seen = now;
      return false;
    }
    seen = null;
    dealtWith = now;
    return true;
  }
}
