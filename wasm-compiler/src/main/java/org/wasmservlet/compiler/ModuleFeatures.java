package org.wasmservlet.compiler;

import java.util.List;
import org.wasmservlet.compiler.features.Feature;
import org.wasmservlet.compiler.features.FeatureScan;

/**
 * What of WebAssembly a module uses, whether that is compiled or not. Immutable.
 *
 * @param names of what came after the first version of WebAssembly, in words, in an order of theirs
 * @param functions how many there are, imported ones not counted
 * @param largestFunction the index of the one with the longest code, imported ones counted; -1 if
 *     there is none
 * @param largestBytes how long that code is in the binary
 */
public record ModuleFeatures(
    List<String> names, int functions, int largestFunction, int largestBytes) {
  /** What {@link #names} has for a memory, or a table, whose addresses have 64 bits. */
  public static final String LONG_MEMORY = Feature.MEMORY_64.text();

  /**
   * Makes it.
   *
   * @param names not null
   * @param functions at least 0
   * @param largestFunction at least -1
   * @param largestBytes at least 0
   */
  public ModuleFeatures {
    names = List.copyOf(names);
  }

  /**
   * Looks through a module.
   *
   * @param binary with the header of a module; what follows need not be valid
   * @return what was found as far as it can be read
   */
  public static ModuleFeatures of(byte[] binary) {
    FeatureScan scan = FeatureScan.of(binary);
    return new ModuleFeatures(
        scan.found().stream().map(Feature::text).toList(),
        scan.functions(),
        scan.largest(),
        scan.largestBytes());
  }
}
