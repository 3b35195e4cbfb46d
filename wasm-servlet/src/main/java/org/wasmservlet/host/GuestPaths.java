package org.wasmservlet.host;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.Preopen;

/**
 * Tells what a guest calls a host file, which it can reach by a preopened directory only.
 * Immutable.
 */
public final class GuestPaths {
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

  /**
   * Makes the mapping of preopened directories; in a private one there are no files yet.
   *
   * @param preopens a guest's
   * @param mapped whether host files are told by their guest paths (WasmMapCGIFileNames On)
   * @return what the guest calls files
   */
  public static GuestPaths through(List<Preopen> preopens, boolean mapped) {
    Map<String, Path> directories = new LinkedHashMap<>();
    for (Preopen preopen : preopens) {
      if (preopen.access() != Preopen.Access.PRIVATE) {
        directories.put(preopen.guestPath(), preopen.hostDirectory());
      }
    }
    return new GuestPaths(directories, mapped);
  }

  /** Whether it has none for any file. */
  public boolean isEmpty() {
    return longestHostFirst.isEmpty();
  }

  /** The guest's path of a host file, or null if the guest has none that it may be told. */
  public String of(Path hostFile) {
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
