package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.wasm.WasmModule;

/**
 * What all instances of a module begin with, made once: the module without what is laid down from
 * here, its memory, and its tables. Safe for use by several threads.
 */
public final class Images {
  private final WasmModule module;
  private final MemoryImage memory;
  private final int[][] tables;
  private final Entry[][] entries;
  final MemoryPool pool = new MemoryPool();

  /**
   * Makes it.
   *
   * @param module what Chicory makes an instance from
   * @param memory null if the module has no memory of its own, or its segments are to be laid down
   *     one by one
   * @param tables by table of the module's own, the references of its elements; null if segments
   *     are to be laid down one by one
   */
  public Images(WasmModule module, MemoryImage memory, int[][] tables) {
    this.module = module;
    this.memory = memory;
    this.tables = tables;
    this.entries = new Entry[tables == null ? 0 : tables.length][];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry[tables[i].length];
    }
  }

  /**
   * Memories that begin with zeros.
   *
   * @return images of nothing
   */
  public static Images none() {
    return new Images(null, null, null);
  }

  /**
   * What Chicory makes an instance from.
   *
   * @return without code, and without the segments that are in the images
   */
  public WasmModule module() {
    return module;
  }

  /**
   * The image of the memory.
   *
   * @return null if there is none
   */
  public MemoryImage memory() {
    return memory;
  }

  /**
   * The images of the module's own tables.
   *
   * @return null if there are none; not to be changed
   */
  public int[][] tables() {
    return tables;
  }

  /** The image for the memory of an instance of this module, or null. */
  MemoryImage memoryOf(WasmModule instantiated) {
    return module != null && instantiated == module ? memory : null;
  }

  /** The image of a table of the module's own, or null. */
  int[] table(int index) {
    return tables == null ? null : tables[index];
  }

  /** The functions of a table's image, as far as they have been called; filled in as they are. */
  Entry[] entries(int index) {
    return tables == null ? null : entries[index];
  }
}
