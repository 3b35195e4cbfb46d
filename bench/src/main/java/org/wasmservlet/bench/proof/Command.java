package org.wasmservlet.bench.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasmservlet.bench.Folders;

/** A module of the caller's, which is run once for each file of a folder. */
final class Command implements Suite {
  private static final String GUEST = "/files";
  private static final Path NOTHING = Path.of("/dev/null");

  private final Path module;
  private final List<String> words;
  private final String extension;

  private Command(Path module, List<String> words, String extension) {
    this.module = module;
    this.words = words;
    this.extension = extension;
  }

  /**
   * Makes it of the properties {@code module}, {@code command} (the program's name and arguments,
   * with spaces between; {@code @} is the file's path in the guest, and where there is none, the
   * file is standard input) and {@code extension}, how the names of the files end.
   *
   * @throws IOException if there is no such module, or no command
   */
  static Command ofProperties() throws IOException {
    Path module = Path.of(System.getProperty("module", "")).toAbsolutePath();
    if (!Files.isRegularFile(module)) {
      throw new IOException("-Dmodule= names no file: " + module);
    }
    String command = System.getProperty("command", "").strip();
    if (command.isEmpty()) {
      throw new IOException("-Dcommand= is to give the program's name and arguments");
    }
    return new Command(module, List.of(command.split(" +")), System.getProperty("extension", ""));
  }

  @Override
  public String module() {
    return module.toString();
  }

  @Override
  public String variant() {
    return "-" + module.getFileName();
  }

  @Override
  public Map<String, Path> preopens(Path copy, Path runtimes) {
    return Map.of(GUEST, copy);
  }

  @Override
  public List<Case> cases(Path copy) throws IOException {
    boolean named = words.contains("@");
    List<Case> cases = new ArrayList<>();
    for (Path file : Folders.files(copy, extension)) {
      String name = copy.relativize(file).toString();
      String guest = GUEST + "/" + name;
      cases.add(
          new Case(
              name,
              words.stream().map(word -> word.equals("@") ? guest : word).toList(),
              Map.of(),
              List.of(),
              named ? NOTHING : file,
              named ? guest : ""));
    }
    return cases;
  }
}
