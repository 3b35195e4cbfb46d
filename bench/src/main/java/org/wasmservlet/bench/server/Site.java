package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The programs, as WebAssembly and as native ones of the same source.
 *
 * @param work the folder of everything that is made
 * @param runtimes the folder of PHP and Python
 * @param sample the folder of the sample
 */
record Site(Path work, Path runtimes, Path sample) {
  private static final Path SOURCES = Path.of("src/main/guests").toAbsolutePath();

  /** The folder that interpreters of WebAssembly see; mod_wasm's document root. */
  Path scripts() {
    return work.resolve("scripts");
  }

  /** The document root of native programs. */
  Path nativePrograms() {
    return work.resolve("native");
  }

  WordPressSite wordPress() {
    return new WordPressSite(work, sample);
  }

  Path guest(String name) {
    return SOURCES.resolve("server").resolve(name);
  }

  Path sampleGuest(String name) {
    return sample.resolve("src/main/webapp/WEB-INF/wasm").resolve(name);
  }

  /** Files that are shown: what {@link Program} has of them. */
  Path files() {
    return work.resolve("files");
  }

  /** A link to where Flask and Django are. */
  Path frameworks() {
    return work.resolve("frameworks");
  }

  /**
   * Lays it out.
   *
   * @param installed where pip has installed Flask and Django, or null
   */
  void make(Tools tools, Path installed) throws IOException, InterruptedException {
    if (!Files.exists(runtimes.resolve("python-3.11.3.wasm"))) {
      throw new IOException("no PHP and Python in " + runtimes + "; the sample's build said why");
    }
    for (Path folder : List.of(scripts(), nativePrograms())) {
      Files.createDirectories(folder.resolve("php"));
      copy(SOURCES.resolve("hello.php"), folder.resolve("php/hello.php"));
    }
    for (Program program : Program.values()) {
      if (program.isFile()) {
        writeFile(program);
      }
    }
    for (String script :
        List.of("hello.py", "hello.rb", "application.py", "application.ru", "shop.py", "blog.py")) {
      copy(guest(script), scripts().resolve(script));
    }
    writeScript(Program.PYTHON, tools, Files.readString(guest("hello.py")));
    if (installed != null) {
      Files.deleteIfExists(frameworks());
      Files.createSymbolicLink(frameworks(), installed);
      writeApplication(Program.FLASK, tools, "shop");
      writeApplication(Program.DJANGO, tools, "blog");
    }
    compile(tools, sample.resolve("guests/hello.c"), Program.SMALL);
    compile(tools, guest("response.c"), Program.RESPONSE);
    compile(tools, guest("upload.c"), Program.UPLOAD);
  }

  /** As a CGI script, by what Python has for that. */
  private void writeApplication(Program program, Tools tools, String module) throws IOException {
    writeScript(
        program,
        tools,
        "import sys, wsgiref.handlers\nsys.path[:0] = ['%s', '%s']\n"
                .formatted(frameworks(), scripts())
            + "import %s\nwsgiref.handlers.CGIHandler().run(%s.application)\n"
                .formatted(module, module));
  }

  private void writeScript(Program program, Tools tools, String text) throws IOException {
    Path script = nativePrograms().resolve(program.path.replace("/", ""));
    Files.writeString(script, "#!" + tools.python() + "\n" + text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** As long as its name says; old enough to have settled for every server. */
  private void writeFile(Program program) throws IOException {
    String name = program.path.substring(program.path.lastIndexOf('/') + 1);
    int kilobytes = Integer.parseInt(name.replaceAll("\\D", "")) << (name.contains("mb") ? 10 : 0);
    Path file = Files.createDirectories(files()).resolve(name);
    Files.write(file, "x".repeat(kilobytes << 10).getBytes(StandardCharsets.US_ASCII));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void compile(Tools tools, Path source, Program program)
      throws IOException, InterruptedException {
    Path executable = nativePrograms().resolve(program.path.substring(1));
    List<String> command =
        List.of(tools.compiler().toString(), "-O2", "-o", executable.toString(), source.toString());
    try (Child compiler = Child.start(command, Map.of(), work.resolve("cc.log"))) {
      compiler.await(Duration.ofMinutes(1));
    }
  }
}
