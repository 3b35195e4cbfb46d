package org.wasmservlet.test.container;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Frameworks that the build does not fetch. Whoever has them names the folder that they are in:
 * docs/python.md and docs/ruby.md say how it is filled.
 */
public final class Frameworks {
  private Frameworks() {}

  /**
   * The folder of -Dframeworks.python. Without it, the test is skipped.
   *
   * @param packages that it has to have
   */
  public static Path python(String... packages) {
    return folder("frameworks.python", packages);
  }

  /**
   * The folder of -Dframeworks.ruby. Without it, the test is skipped.
   *
   * @param files that it has to have
   */
  public static Path ruby(String... files) {
    return folder("frameworks.ruby", files);
  }

  private static Path folder(String property, String... names) {
    String folder = System.getProperty(property);
    assumeThat(folder).as("-D" + property + "=FOLDER names a folder").isNotNull();
    Path path = Path.of(folder).toAbsolutePath();
    for (String name : names) {
      assumeThat(Files.exists(path.resolve(name))).as("%s has %s", path, name).isTrue();
    }
    return path;
  }
}
