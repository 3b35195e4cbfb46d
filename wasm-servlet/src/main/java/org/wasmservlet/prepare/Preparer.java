package org.wasmservlet.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.report.Report;

/**
 * Prepares what a server would compile and freeze when it starts: modules are compiled, and the
 * programs of servlets and filters that have WasmFreeze are started and frozen, in this process.
 * What this build of the library prepares, the same build uses, and no other.
 *
 * <p>What is wrong with one module or program is told to the listener, and the rest is done. For
 * one thread; several threads may each have one, for different targets.
 */
public final class Preparer {
  private final PreparationListener listener;
  private boolean compiles = true;
  private boolean freezes = true;
  private boolean isFreezable;
  private boolean isStrict;
  private Set<String> chosen;
  private Path kept;

  private Preparer(PreparationListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * Begins one, which prepares all that can be.
   *
   * @param listener told what becomes of it; not null
   * @return never null
   */
  public static Preparer telling(PreparationListener listener) {
    return new Preparer(listener);
  }

  /**
   * Freezes nothing from now on.
   *
   * @return this
   */
  public Preparer withoutFreezing() {
    freezes = false;
    return this;
  }

  /**
   * Compiles no other modules than those that are named and those of programs that are frozen.
   *
   * @return this
   */
  public Preparer onlyFreezing() {
    compiles = false;
    return this;
  }

  /**
   * Compiles every module in two forms: also for programs that are frozen, whose code marks what it
   * writes to. For routes that nobody can see before an application runs.
   *
   * @return this
   */
  public Preparer inBothForms() {
    isFreezable = true;
    return this;
  }

  /**
   * Takes a module that only the engine's own compiler can do, so that every start would compile
   * it, for a failure.
   *
   * @return this
   */
  public Preparer strict() {
    isStrict = true;
    return this;
  }

  /**
   * Compiles some modules only, besides those that are named and those of programs that are frozen.
   *
   * @param names as {@link #modulesIn} gives them; not null
   * @return this
   */
  public Preparer choosing(Set<String> names) {
    chosen = Set.copyOf(names);
    return this;
  }

  /**
   * Keeps compiled modules in a folder too, and compiles none that is there: by its bytes, this
   * build of the library, the JDK and the options. Modules that are named by reference are kept as
   * well, and not fetched again. What is there is trusted like the caller's own classes.
   *
   * @param folder made when it is needed; not null
   * @return this
   */
  public Preparer keepingIn(Path folder) {
    kept = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * The modules in a web application or a jar: its files that end with {@code .wasm}.
   *
   * @param archive a .war or .jar file
   * @return their paths in it, in an order of theirs, with no slash at the beginning
   * @throws IOException if it cannot be read
   */
  public static List<String> modulesIn(Path archive) throws IOException {
    return Archive.names(archive).stream().filter(ModuleFiles::isModule).sorted().toList();
  }

  /**
   * Prepares a packed web application. It is replaced by one that has what is prepared when that is
   * whole.
   *
   * @param war the file; not null
   * @param others modules that are not in it
   * @return false if the listener was told an error
   * @throws IOException if the file cannot be read or written; it is as it was then
   */
  public boolean war(Path war, List<Path> others) throws IOException {
    Report report = report();
    Archive.change(
        war, ModuleStorage.OWN_FOLDER, name -> true, root -> application(root, others, report));
    return report.isWithoutFailures();
  }

  /**
   * Prepares the directory of a web application.
   *
   * @param root which has WEB-INF; not null
   * @param others modules that are not in it
   * @return false if the listener was told an error
   * @throws IOException if it cannot be read or written
   */
  public boolean application(Path root, List<Path> others) throws IOException {
    Report report = report();
    application(root, others, report);
    return report.isWithoutFailures();
  }

  private void application(Path root, List<Path> others, Report report) throws IOException {
    ModulesPacker modules = modules(root.resolve(ModuleStorage.OWN_FOLDER), report);
    new ApplicationPacker(root, options(), report, modules).pack(others);
  }

  /**
   * Prepares the modules in a jar, for whatever web application has it on its class path; an
   * executable jar of Spring Boot is one, too. It is replaced as a WAR is. Nothing is frozen: what
   * programs there will be is for code to say.
   *
   * @param jar the file; not null
   * @param others modules that are not in it
   * @return false if the listener was told an error
   * @throws IOException if the file cannot be read or written; it is as it was then
   */
  public boolean jar(Path jar, List<Path> others) throws IOException {
    Report report = report();
    String folder = JarPacker.classes(Archive.names(jar)) + ModuleStorage.CLASS_PATH_FOLDER;
    Archive.change(
        jar,
        folder,
        ModuleFiles::isModule,
        root -> new JarPacker(root, options(), modules(root.resolve(folder), report)).pack(others));
    return report.isWithoutFailures();
  }

  /**
   * Compiles modules into a folder, which can then be a server's WasmCacheDir.
   *
   * @param folder made if it is not there; not null
   * @param modules which ones
   * @return false if the listener was told an error
   * @throws IOException if the folder cannot be made
   */
  public boolean folder(Path folder, List<Path> modules) throws IOException {
    Report report = report();
    modules(Files.createDirectories(folder), report).packAll(modules);
    return report.isWithoutFailures();
  }

  private Report report() {
    return new Report(listener::tells);
  }

  private Options options() {
    return new Options(compiles, freezes, isFreezable, isStrict, chosen, kept);
  }

  private ModulesPacker modules(Path folder, Report report) {
    return new ModulesPacker(folder, options(), report, listener::compiles);
  }
}
