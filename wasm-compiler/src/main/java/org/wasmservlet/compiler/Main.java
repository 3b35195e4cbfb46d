package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.compiler.prepared.Variant;

/**
 * Prepares modules ahead of time: {@code java -jar wasm-compiler.jar TARGET [MODULE.wasm...]}. The
 * target is a web application, packed or not, whose own modules are prepared too, or a folder.
 */
public final class Main {
  /** Where a web application brings prepared modules along. */
  private static final String OWN_FOLDER = "WEB-INF/wasm-cache";

  private static final String USAGE =
      """
      usage: java -jar wasm-compiler.jar TARGET [MODULE.wasm...]

      Compiles WebAssembly modules, so that a server need not. TARGET is a .war file or the
      directory of a web application: the modules in it, and those that are named, are put
      into its WEB-INF/wasm-cache. Any other TARGET is a folder for those that are named.
      """;

  private final WasmCompiler compiler = WasmCompiler.create();
  private final PrintStream out;
  private int failures;

  private Main(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the command and ends the JVM: with 0, with 1 if a module could not be read or written, or
   * with 2 if the arguments make no sense.
   *
   * @param arguments as on the command line
   */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /**
   * Runs the command.
   *
   * @param out for what it has to say
   * @param arguments as on the command line
   * @return the exit code
   */
  static int run(PrintStream out, String... arguments) {
    if (arguments.length == 0 || arguments[0].startsWith("-")) {
      out.print(USAGE);
      return 2;
    }
    Main main = new Main(out);
    try {
      main.prepare(
          Path.of(arguments[0]), Stream.of(arguments).skip(1).map(a -> Path.of(a)).toList());
    } catch (IOException e) {
      out.println(e);
      return 1;
    }
    return main.failures == 0 ? 0 : 1;
  }

  private void prepare(Path target, List<Path> modules) throws IOException {
    if (Files.isRegularFile(target)) {
      // Closing it writes a new archive beside the old one and moves it there.
      try (FileSystem war = FileSystems.newFileSystem(target)) {
        prepareApplication(war.getPath("/"), modules);
      }
    } else if (Files.isDirectory(target.resolve("WEB-INF"))) {
      prepareApplication(target, modules);
    } else {
      prepareAll(modules, target);
    }
  }

  private void prepareApplication(Path root, List<Path> modules) throws IOException {
    Path folder = root.resolve(OWN_FOLDER);
    try (Stream<Path> files = Files.walk(root)) {
      prepareAll(files.filter(file -> file.toString().endsWith(".wasm")).toList(), folder);
    }
    prepareAll(modules, folder);
  }

  private void prepareAll(List<Path> modules, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path module : modules) {
      try {
        out.println(module + ": " + prepareOne(module, folder));
      } catch (UnsupportedFeatureException e) {
        out.println(
            module + ": uses " + e.feature() + ", which the server compiles at every start");
      } catch (ChicoryException | IOException e) {
        failures++;
        out.println(module + ": " + e);
      }
    }
  }

  private String prepareOne(Path file, Path folder) throws IOException {
    byte[] binary = Files.readAllBytes(file);
    String name =
        compiler
            .preparedName(Variant.sha256(binary))
            .orElseThrow(() -> new IOException("this build of the compiler has no fingerprint"));
    Path prepared = folder.resolve(name);
    if (Files.exists(prepared)) {
      return "is prepared";
    }
    WasmModule module = ModuleParser.parse(binary);
    CompiledCode code = compiler.compile(module);
    Path partial = folder.resolve(name + ".part");
    try (OutputStream bytes = Files.newOutputStream(partial)) {
      compiler.write(code, binary, bytes);
    }
    Files.move(partial, prepared, StandardCopyOption.REPLACE_EXISTING);
    return code.functionCount() + " functions, " + Files.size(prepared) + " bytes in " + prepared;
  }
}
