package org.wasmservlet.bench.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.bench.Folders;

/** Files of a folder, each of which one program runs, compiles or links. */
enum Scripts implements Suite {
  /** PHP scripts. */
  PHP_SCRIPTS("php-cgi-8.2.0.wasm", ".php", "php-cgi", "-q", "@"),
  /** Python scripts. */
  PYTHON_SCRIPTS("python-3.11.3.wasm", ".py", "python", "@"),
  /** Ruby scripts. */
  RUBY_SCRIPTS("ruby-3.2.0.wasm", ".rb", "ruby", "--disable-gems", "@"),
  /** What SQLite's shell reads. */
  SQLITE_SCRIPTS("sqlite.wasm", ".sql", "sqlite3", "-batch"),
  /** C files, to object files. */
  CLANG(
      "clang.wasm",
      ".c",
      "clang",
      "-cc1",
      "-triple",
      "wasm32-wasi",
      "-emit-obj",
      "-O2",
      "-main-file-name",
      "file.c",
      "-isysroot",
      "/sys",
      "-internal-isystem",
      "/sys/include",
      "-internal-isystem",
      "/sys/lib/clang/8.0.1/include",
      "-o",
      "/out.o",
      "-x",
      "c",
      "@"),
  /** Object files, to modules. */
  WASM_LD(
      "wasm-ld.wasm",
      ".o",
      "wasm-ld",
      "-z",
      "stack-size=1048576",
      "-L/sys/lib/wasm32-wasi",
      "/sys/lib/wasm32-wasi/crt1.o",
      "@",
      "-lc",
      "-o",
      "/out.wasm");

  private static final String GUEST = "/scripts";
  private static final Path NOTHING = Path.of("/dev/null");

  private final String module;
  private final String extension;
  private final List<String> command;

  /** In the command, {@code @} is the file; where there is none, it is standard input. */
  Scripts(String module, String extension, String... command) {
    this.module = module;
    this.extension = extension;
    this.command = List.of(command);
  }

  @Override
  public String module() {
    return module;
  }

  @Override
  public Map<String, Path> preopens(Path copy, Path runtimes) {
    if (isOld()) {
      return Map.of();
    }
    Map<String, Path> preopens = new HashMap<>(Map.of(GUEST, copy));
    if (this == PYTHON_SCRIPTS) {
      preopens.put("/usr/local", runtimes.resolve("python-3.11.3/usr/local"));
    }
    return preopens;
  }

  @Override
  public void furnish(Path root, Path copy, Path runtimes) throws IOException {
    if (isOld()) {
      Folders.copy(copy, root.resolve(GUEST.substring(1)));
      Folders.copy(runtimes.resolve("clang-fs/sys"), root.resolve("sys"));
    }
  }

  /** Their C library is so old that it looks into one preopened directory alone. */
  private boolean isOld() {
    return this == CLANG || this == WASM_LD;
  }

  @Override
  public List<Case> cases(Path copy) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Path file : Folders.files(copy, extension)) {
      String name = copy.relativize(file).toString();
      boolean named = command.contains("@");
      cases.add(
          new Case(
              name,
              command.stream().map(word -> word.equals("@") ? GUEST + "/" + name : word).toList(),
              Map.of("HOME", "/", "PYTHONHOME", "/usr/local", "PYTHONDONTWRITEBYTECODE", "1"),
              List.of(),
              named ? NOTHING : file,
              named ? GUEST + "/" + name : ""));
    }
    return cases;
  }
}
