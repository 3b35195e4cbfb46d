package org.wasmservlet.status;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasmservlet.core.reference.ModuleReference;

/**
 * Calls files by their names and, where two would have the same, by as many of the directories that
 * they are in as it takes to tell them apart: a page need not tell more of a server. Immutable.
 */
final class FileLabels {
  private final Map<String, String> labels = new HashMap<>();

  /**
   * Finds what to call them.
   *
   * @param modules paths, and references, which are called what they are
   */
  FileLabels(Collection<String> modules) {
    Set<Path> open = new HashSet<>();
    for (String module : modules) {
      if (ModuleReference.isOne(module)) {
        labels.put(module, module);
      } else {
        open.add(Path.of(module));
      }
    }
    for (int names = 1; !open.isEmpty(); names++) {
      Map<String, Integer> users = new HashMap<>();
      for (Path file : open) {
        users.merge(end(file, names), 1, Integer::sum);
      }
      for (Path file : List.copyOf(open)) {
        if (users.get(end(file, names)) == 1 || names >= file.getNameCount()) {
          labels.put(file.toString(), end(file, names));
          open.remove(file);
        }
      }
    }
  }

  /** What a module is called, which must be one of those given. */
  String of(String module) {
    return labels.get(module);
  }

  private static String end(Path file, int names) {
    int count = file.getNameCount();
    return names >= count ? file.toString() : file.subpath(count - names, count).toString();
  }
}
