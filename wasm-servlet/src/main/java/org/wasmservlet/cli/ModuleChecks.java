package org.wasmservlet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.wasmservlet.prepare.Checker;

/** Checks the modules that are named. */
final class ModuleChecks {
  private static final String TRAP = "--trap-unknown-imports";
  private static final String ENTRY_POINT = "--entry-point";

  private ModuleChecks() {}

  /**
   * Checks them.
   *
   * @param arguments options, and names of modules
   * @return whether all of them will run
   * @throws IllegalArgumentException if the arguments make no sense
   */
  static boolean run(Told told, List<String> arguments) {
    Checker checker = Checker.telling(told);
    List<Path> modules = new ArrayList<>();
    Iterator<String> words = arguments.iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals(TRAP)) {
        checker.trappingUnknownImports();
      } else if (word.equals(ENTRY_POINT) && words.hasNext()) {
        checker.entryPoint(words.next());
      } else if (word.startsWith("-")) {
        throw new IllegalArgumentException(word);
      } else {
        modules.add(Path.of(word));
      }
    }
    if (modules.isEmpty()) {
      throw new IllegalArgumentException("no module");
    }
    boolean allRun = true;
    for (Path module : modules) {
      allRun &= checker.check(module);
    }
    return allRun;
  }
}
