package org.wasmservlet.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;
import org.codehaus.plexus.util.SelectorUtils;

/**
 * Which modules of an archive are meant, in Ant's patterns.
 *
 * @param includes all if there is none
 * @param excludes of those
 */
record Patterns(List<String> includes, List<String> excludes) {
  /**
   * Chooses.
   *
   * @param modules names in the archive
   * @return those that are meant
   * @throws MojoFailureException if a pattern is empty, or none of the modules is what a pattern
   *     names
   */
  Set<String> choose(Path archive, List<String> modules) throws MojoFailureException {
    for (String pattern : includes) {
      if (isEmpty(pattern) || modules.stream().noneMatch(name -> matches(pattern, name))) {
        throw new MojoFailureException(
            isEmpty(pattern)
                ? "includes: a pattern is empty"
                : "includes '"
                    + pattern
                    + "': matches no module of "
                    + archive
                    + ", which has "
                    + (modules.isEmpty() ? "none" : String.join(", ", modules)));
      }
    }
    for (String pattern : excludes) {
      if (isEmpty(pattern)) {
        throw new MojoFailureException("excludes: a pattern is empty");
      }
    }
    return modules.stream()
        .filter(name -> includes.isEmpty() || anyMatches(includes, name))
        .filter(name -> !anyMatches(excludes, name))
        .collect(Collectors.toSet());
  }

  /** Of an empty element of the POM, Maven makes null. */
  private static boolean isEmpty(String pattern) {
    return pattern == null || pattern.isBlank();
  }

  private static boolean anyMatches(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    return SelectorUtils.matchPath(pattern.strip(), name, "/", true);
  }
}
