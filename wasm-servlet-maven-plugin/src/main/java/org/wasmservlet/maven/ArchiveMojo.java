package org.wasmservlet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.wasmservlet.prepare.Preparer;

/** Changes what the project has packaged. */
abstract class ArchiveMojo extends AbstractMojo {
  /** Each uses all processors, and there is one log: in a parallel build, one after the other. */
  private static final Object ONE_AT_A_TIME = new Object();

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  /** Does nothing. */
  @Parameter(property = "wasm.skip", defaultValue = "false")
  private String skip;

  /** Modules that are not in the archive, which its programs run all the same: .wasm files. */
  @Parameter(property = "wasm.modules")
  private List<File> modules = List.of();

  /**
   * Fails if a module cannot be prepared, for it uses what is left to the engine's own compiler.
   * Otherwise a warning says so, and every start of a server compiles it.
   */
  @Parameter(property = "wasm.failOnUncompiled", defaultValue = "false")
  private String failOnUncompiled;

  /**
   * Where compiled modules are kept, so that one that has not changed is not compiled again. A
   * folder outside of the project outlives {@code mvn clean}. What is there becomes part of what is
   * built: nobody else may write it.
   */
  @Parameter(
      property = "wasm.cacheDirectory",
      defaultValue = "${project.build.directory}/wasm-servlet")
  private File cacheDirectory;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (Flag.isSet("skip", skip)) {
      getLog().info("Skipped: skip (-Dwasm.skip) is set.");
      return;
    }
    if (project.getPackaging().equals("pom")) {
      getLog().info("There is nothing to prepare in a project of packaging pom.");
      return;
    }
    Built built = Built.of(project);
    if (built.isEmpty()) {
      throw new MojoExecutionException(
          "the project has packaged no WAR and no jar yet: run `mvn package`, in which this goal"
              + " comes last");
    }
    synchronized (ONE_AT_A_TIME) {
      LibraryLog shown = new LibraryLog(getLog());
      try {
        execute(built, NamedModules.files(modules));
      } finally {
        shown.close();
      }
    }
  }

  /**
   * Changes them.
   *
   * @param others modules that are in none of them
   */
  abstract void execute(Built built, List<Path> others)
      throws MojoExecutionException, MojoFailureException;

  /** With what both goals have in common. */
  final Preparer preparer() throws MojoFailureException {
    Preparer preparer = Preparer.telling(new MavenListener(getLog())).keepingIn(cacheFolder());
    return Flag.isSet("failOnUncompiled", failOnUncompiled) ? preparer.strict() : preparer;
  }

  private Path cacheFolder() throws MojoFailureException {
    try {
      return Files.createDirectories(cacheDirectory.toPath());
    } catch (IOException e) {
      throw new MojoFailureException(
          "cacheDirectory (-Dwasm.cacheDirectory) "
              + cacheDirectory
              + ": "
              + (cacheDirectory.exists() ? "not a directory" : "cannot be made: " + e),
          e);
    }
  }

  /** Prepares an archive; whether nothing has failed. */
  @FunctionalInterface
  interface Preparation {
    boolean run() throws IOException;
  }

  final void prepare(Path archive, Preparation preparation)
      throws MojoExecutionException, MojoFailureException {
    try {
      if (!preparation.run()) {
        throw new MojoFailureException(
            archive + ": not everything could be prepared; the errors above say what, and why");
      }
    } catch (IOException e) {
      throw new MojoExecutionException(archive + ": cannot be prepared: " + e, e);
    }
  }
}
