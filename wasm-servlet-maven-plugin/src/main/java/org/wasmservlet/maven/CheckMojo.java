package org.wasmservlet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.model.FileSet;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.wasmservlet.prepare.Checker;

/**
 * Tells of modules what they import, export and use, whether they are compiled, whether their
 * programs can be frozen, and whether they will run: of all in src/main/webapp and among the
 * project's resources, or of those that are named, for which there need be no project.
 */
@Mojo(
    name = "check",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    threadSafe = true)
public final class CheckMojo extends AbstractMojo {
  private static final String WEB_APPLICATION = "src/main/webapp";

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  /** Does nothing. */
  @Parameter(property = "wasm.skip", defaultValue = "false")
  private String skip;

  /** The .wasm files to check, instead of the project's. */
  @Parameter(property = "wasm.modules")
  private List<File> modules = List.of();

  /** The function that is called, as {@code WasmEntryPoint} has it. */
  @Parameter(property = "wasm.entryPoint", defaultValue = "_start")
  private String entryPoint;

  /** Whether modules may import what no program is given, as with WasmUnknownImports Trap. */
  @Parameter(property = "wasm.trapUnknownImports", defaultValue = "false")
  private String trapUnknownImports;

  /** Fails if a module will not run; otherwise that is an error in the log alone. */
  @Parameter(property = "wasm.failOnError", defaultValue = "true")
  private String failOnError;

  /** Takes a module that is left to the engine's own compiler for one that will not run. */
  @Parameter(property = "wasm.failOnUncompiled", defaultValue = "false")
  private String failOnUncompiled;

  /** Made by Maven. */
  public CheckMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (Flag.isSet("skip", skip)) {
      getLog().info("Skipped: skip (-Dwasm.skip) is set.");
      return;
    }
    boolean isFailing = Flag.isSet("failOnError", failOnError);
    Checker checker = checker();
    List<Path> files = modules.isEmpty() ? ofTheProject() : NamedModules.files(modules);
    LibraryLog shown = new LibraryLog(getLog());
    try {
      long failures = files.stream().filter(file -> !checker.check(file)).count();
      if (failures > 0 && isFailing) {
        throw new MojoFailureException(
            failures + " of " + files.size() + " modules will not run; the errors above say why");
      }
    } finally {
      shown.close();
    }
  }

  private Checker checker() throws MojoFailureException {
    Checker checker = Checker.telling(new MavenListener(getLog())).entryPoint(entryPoint);
    if (Flag.isSet("trapUnknownImports", trapUnknownImports)) {
      checker.trappingUnknownImports();
    }
    return Flag.isSet("failOnUncompiled", failOnUncompiled) ? checker.strict() : checker;
  }

  private List<Path> ofTheProject() throws MojoExecutionException {
    if (project.getFile() == null) {
      throw new MojoExecutionException(
          "there is no project here, and no module is named: -Dwasm.modules=FILE.wasm,...");
    }
    TreeSet<Path> found = new TreeSet<>();
    try {
      for (Path directory : directories()) {
        found.addAll(below(directory));
      }
    } catch (IOException e) {
      throw new MojoExecutionException("the project's modules cannot be listed: " + e, e);
    }
    if (found.isEmpty()) {
      getLog().info("The project has no module to check.");
    }
    return List.copyOf(found);
  }

  private List<Path> directories() {
    List<Path> directories = new ArrayList<>();
    directories.add(project.getBasedir().toPath().resolve(WEB_APPLICATION));
    for (FileSet resource : project.getResources()) {
      directories.add(project.getBasedir().toPath().resolve(resource.getDirectory()));
    }
    return directories;
  }

  private static List<Path> below(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".wasm"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
