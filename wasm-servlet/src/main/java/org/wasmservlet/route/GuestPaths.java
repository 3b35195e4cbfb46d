package org.wasmservlet.route;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Tells what a guest calls a host file, which it can reach by a preopened directory only.
 * Immutable.
 */
final class GuestPaths {
  private final List<Map.Entry<String, Path>> longestHostFirst;

  /**
   * Makes the mapping.
   *
   * @param preopens host directories by guest path
   * @param mapped whether host files are told by their guest paths (WasmMapCGIFileNames On);
   *     otherwise a host file is told only where the guest knows it by the very same path
   */
  GuestPaths(Map<String, Path> preopens, boolean mapped) {
    List<Map.Entry<String, Path>> usable = new ArrayList<>();
    preopens.forEach(
        (guest, host) -> {
          if (mapped || guest.equals(host.toString())) {
            usable.add(Map.entry(guest, host));
          }
        });
    usable.sort(Comparator.comparingInt(entry -> -entry.getValue().getNameCount()));
    this.longestHostFirst = List.copyOf(usable);
  }

  /** Whether it has none for any file. */
  boolean isEmpty() {
    return longestHostFirst.isEmpty();
  }

  /** The guest's path of a host file, or null if the guest has none that it may be told. */
  String of(Path hostFile) {
    if (hostFile == null) {
      return null;
    }
    for (Map.Entry<String, Path> preopen : longestHostFirst) {
      if (hostFile.startsWith(preopen.getValue())) {
        String rest =
            preopen.getValue().relativize(hostFile).toString().replace(File.separatorChar, '/');
        String guest = preopen.getKey();
        if (rest.isEmpty()) {
          return guest;
        }
        return guest.endsWith("/") ? guest + rest : guest + "/" + rest;
      }
    }
    return null;
  }
}
