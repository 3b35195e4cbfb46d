package org.wasmservlet.core.module;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.PreparedFile;

/**
 * The classes that a module's first run needs: hundreds, of which the JVM verifies every one. Their
 * names are kept beside the prepared module when a run has ended, and at the next start a thread of
 * its own loads them while the server gets ready and the first request begins. They are names of
 * classes of the prepared module and nothing else, so that no list can bring in code.
 *
 * <p>Safe for use by several threads.
 */
final class FirstClasses {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.ModuleCache");

  /** No program has as many classes. */
  private static final int MOST_BYTES = 8 << 20;

  private final CompiledCode code;

  /** Where the list is to be kept; null if there is one, or nowhere to keep it. */
  private final AtomicReference<Place> unwritten;

  private final Thread loading;

  private FirstClasses(CompiledCode code, Place unwritten, Thread loading) {
    this.code = code;
    this.unwritten = new AtomicReference<>(unwritten);
    this.loading = loading;
  }

  /**
   * Where the list is.
   *
   * @param cache null if there is nowhere to keep it
   * @param module name of the prepared module
   */
  record Place(CacheFolder cache, String module) {
    private Optional<String> read() throws IOException {
      Optional<PreparedFile> file = cache.find(CacheFolder.classesOf(module));
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try (PreparedFile list = file.get()) {
        int length = (int) Math.min(list.size(), MOST_BYTES);
        return Optional.of(new String(list.read(0, length), US_ASCII));
      }
    }

    private void write(List<String> names) throws IOException {
      byte[] content = String.join("\n", names).getBytes(US_ASCII);
      cache.store(CacheFolder.classesOf(module), out -> out.write(content)).close();
    }
  }

  /** Of a module that nothing is kept of. */
  static FirstClasses none() {
    return new FirstClasses(null, null, null);
  }

  /** Begins to load the classes that an earlier process has needed, if it has left their names. */
  static FirstClasses load(CompiledCode code, Place place) {
    if (place.cache() == null) {
      return none();
    }
    try {
      Optional<String> names = place.read();
      return names.isEmpty()
          ? new FirstClasses(code, place, null)
          : new FirstClasses(code, null, start(code, names.get().lines().toList()));
    } catch (IOException e) {
      // It is but slower.
      LOGGER.log(Level.DEBUG, "classes are not loaded ahead: {0}", e.getMessage());
      return none();
    }
  }

  private static Thread start(CompiledCode code, List<String> names) {
    Thread thread = new Thread(() -> loadAll(code, names), "wasm-class-loader");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void loadAll(CompiledCode code, List<String> names) {
    try {
      code.loadClasses(names);
    } catch (RuntimeException | LinkageError e) {
      // Whoever needs the class meets the same.
      LOGGER.log(Level.DEBUG, "classes could not be loaded ahead", e);
    }
  }

  /** To be called when a run has ended: the first one is what the next process begins with. */
  void keep() {
    if (unwritten.get() == null) {
      return;
    }
    Place place = unwritten.getAndSet(null);
    if (place == null) {
      return;
    }
    try {
      place.write(code.loadedClasses());
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "which classes to load ahead is not kept: {0}", e.getMessage());
    }
  }

  /** Loads no more of them. */
  void stop() {
    if (loading != null) {
      loading.interrupt();
    }
  }
}
