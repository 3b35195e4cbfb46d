package org.wasmservlet.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of the machine that are needed, as Debian installs them.
 *
 * @param wrk makes the load
 * @param httpd Apache httpd
 * @param httpdModules the folder of its modules
 * @param phpCgi native PHP for CGI
 * @param phpFpm native PHP as a process manager
 * @param python native Python
 * @param compiler of C
 */
record Tools(
    Path wrk, Path httpd, Path httpdModules, Path phpCgi, Path phpFpm, Path python, Path compiler) {
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

  /** Finds them, or says which packages are missing. */
  static Tools find() {
    List<String> missing = new ArrayList<>();
    Tools tools =
        new Tools(
            find("wrk", "wrk", missing),
            find("apache2", "apache2", missing),
            MODULES,
            find("php-cgi", "php-cgi", missing),
            find("php-fpm[0-9.]*", "php-fpm", missing),
            find("python3", "python3", missing),
            find("cc", "gcc", missing));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "missing; install these packages of Debian: " + String.join(" ", missing));
    }
    return tools;
  }

  /** Debian's folders first: others may have wrappers of the same names that cost time. */
  private static Path find(String name, String debianPackage, List<String> missing) {
    List<String> folders = new ArrayList<>(List.of("/usr/bin", "/usr/sbin"));
    folders.addAll(Arrays.asList(System.getenv("PATH").split(File.pathSeparator)));
    for (String folder : folders) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        Path found =
            files
                .filter(file -> file.getFileName().toString().matches(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found != null) {
          return found;
        }
      } catch (IOException e) {
        // A folder of the path that is not there has no program.
      }
    }
    missing.add(debianPackage);
    return null;
  }

  /** What they say of themselves, for the report. */
  String versions() throws IOException {
    return Stream.of(
            firstLine(httpd, "-v").replace("Server version: ", "").replace("Apache/", "httpd "),
            firstLine(phpCgi, "-v").replaceAll(" \\(.*", ""),
            firstLine(python, "-V"),
            firstLine(wrk, "-v").replaceAll(" \\[.*", ""))
        .reduce((a, b) -> a + ", " + b)
        .orElseThrow();
  }

  private static String firstLine(Path program, String argument) throws IOException {
    Process process =
        new ProcessBuilder(program.toString(), argument).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    return output.lines().findFirst().orElse("?");
  }
}
