package org.wasmservlet.compiler.prepared;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.wasmservlet.compiler.load.ClassFiles;

/**
 * The classes of a prepared module, which are read when they are needed and cost no heap until
 * then. Each is checked: whoever changes the file meanwhile, or cuts it short, costs a compilation,
 * for which all wait who need such a class.
 */
final class StoredClasses implements ClassFiles {
  private final ByteSource stored;
  private final Map<String, Place> places;
  private final Supplier<ClassFiles> repair;

  /** Null as long as nothing was found damaged. Guarded by this. */
  private CompletableFuture<ClassFiles> repaired;

  /** Where a class is, and what it must be. */
  record Place(long offset, int length, int checksum) {}

  StoredClasses(ByteSource stored, Map<String, Place> places, Supplier<ClassFiles> repair) {
    this.stored = stored;
    this.places = places;
    this.repair = repair;
  }

  static int checksum(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return (int) checksum.getValue();
  }

  @Override
  public Set<String> names() {
    return places.keySet();
  }

  @Override
  public byte[] bytes(String internalName) {
    Place place = places.get(internalName);
    if (place == null) {
      return null;
    }
    try {
      byte[] content = stored.read(place.offset(), place.length());
      if (checksum(content) == place.checksum()) {
        return content;
      }
    } catch (IOException e) {
      // It ends before, for example.
    }
    return repaired().bytes(internalName);
  }

  /**
   * No linkage error comes out of this: the JVM would keep it for the class that needs another, for
   * ever.
   */
  private ClassFiles repaired() {
    CompletableFuture<ClassFiles> running = repairing();
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChicoryInterruptedException("interrupted while the module was compiled anew");
    } catch (ExecutionException e) {
      synchronized (this) {
        // Whoever comes next tries again.
        if (repaired == running) {
          repaired = null;
        }
      }
      throw new IllegalStateException(
          "the prepared module is damaged, and cannot be compiled anew", e.getCause());
    }
  }

  /** On a thread of its own: a guest that needs a class may have little stack left, and time. */
  private synchronized CompletableFuture<ClassFiles> repairing() {
    if (repaired == null) {
      CompletableFuture<ClassFiles> result = new CompletableFuture<>();
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  result.complete(repair.get());
                } catch (Throwable t) {
                  result.completeExceptionally(t);
                }
              },
              "wasm-repair",
              0,
              false);
      thread.setDaemon(true);
      thread.setContextClassLoader(StoredClasses.class.getClassLoader());
      thread.start();
      repaired = result;
    }
    return repaired;
  }
}
