package org.wasmservlet.test.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How the sample's Python and Ruby are set up, for applications of the tests. */
public final class Interpreters {
  private static final Path APPLICATIONS = Path.of("applications").toAbsolutePath();

  private Interpreters() {}

  /** The init-params of a servlet that runs Python; a folder of applications is /app. */
  public static String[] python(String folder, String... others) throws IOException {
    Path module = loaded("python-3.11.3.wasm", others);
    return with(
        List.of(
            "WasmModule",
            module.toString(),
            "WasmEnv",
            "PYTHONHOME /usr/local\nPYTHONDONTWRITEBYTECODE 1\nOF_THE_ROUTE yes",
            "WasmMapDir",
            ("/usr/local \"" + module.resolveSibling("python-3.11.3/usr/local") + "\" ro\n")
                + application(folder)),
        others);
  }

  /** The init-params of a servlet that runs Ruby; a folder of applications is /app. */
  public static String[] ruby(String folder, String... others) throws IOException {
    return with(
        List.of(
            "WasmModule",
            loaded("ruby-3.2.0.wasm", others).toString(),
            "WasmArg",
            "--disable-gems",
            "WasmEnv",
            "OF_THE_ROUTE yes",
            "WasmMapDir",
            application(folder)),
        others);
  }

  private static Path loaded(String module, String... params) throws IOException {
    return List.of(params).contains("WasmFreeze")
        ? Sample.loadedToFreeze(module)
        : Sample.loadedModule(module);
  }

  private static String application(String folder) {
    return "/app \"" + APPLICATIONS.resolve(folder) + "\" ro";
  }

  /** A value of one that is there already is added to it. */
  private static String[] with(List<String> usual, String... others) {
    List<String> all =
        new ArrayList<>(
            Stream.concat(usual.stream(), Stream.of("WasmEnableCGI", "On", "WasmTimeout", "2m"))
                .toList());
    for (int i = 0; i < others.length; i += 2) {
      int there = all.indexOf(others[i]);
      if (there < 0) {
        all.add(others[i]);
        all.add(others[i + 1]);
      } else {
        all.set(there + 1, all.get(there + 1) + "\n" + others[i + 1]);
      }
    }
    return all.toArray(String[]::new);
  }
}
