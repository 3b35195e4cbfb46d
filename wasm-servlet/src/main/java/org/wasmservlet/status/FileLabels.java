package org.wasmservlet.status;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls files by their names and, where two would have the same, by as many of the directories that
 * they are in as it takes to tell them apart: a page need not tell more of a server. Immutable.
 */
final class FileLabels {
  private final Map<Path, String> labels = new HashMap<>();

  FileLabels(Collection<Path> files) {
    Set<Path> open = new HashSet<>(files);
    for (int names = 1; !open.isEmpty(); names++) {
      Map<String, Integer> users = new HashMap<>();
      for (Path file : open) {
        users.merge(end(file, names), 1, Integer::sum);
      }
      for (Path file : List.copyOf(open)) {
        if (users.get(end(file, names)) == 1 || names >= file.getNameCount()) {
          labels.put(file, end(file, names));
          open.remove(file);
        }
      }
    }
  }

  /** What a file is called, which must be one of those given. */
  String of(Path file) {
    return labels.get(file);
  }

  private static String end(Path file, int names) {
    int count = file.getNameCount();
    return names >= count ? file.toString() : file.subpath(count - names, count).toString();
  }
}
