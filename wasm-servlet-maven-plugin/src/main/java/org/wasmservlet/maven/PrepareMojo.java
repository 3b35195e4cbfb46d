package org.wasmservlet.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.wasmservlet.prepare.Preparer;

/**
 * Compiles the modules in the project's WAR or jar, and puts them into it, so that no server
 * compiles them; in a WAR, the programs of servlets and filters that have WasmFreeze are started
 * and frozen, too. The file that is installed and deployed is the one that has them.
 */
@Mojo(name = "prepare", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class PrepareMojo extends ArchiveMojo {
  /**
   * Patterns of the modules that are compiled, by their paths in the archive (for example {@code
   * WEB-INF/wasm/*.wasm}); all if there is none. A pattern that matches nothing is an error.
   */
  @Parameter(property = "wasm.includes")
  private List<String> includes = List.of();

  /** Patterns of modules that are not compiled. */
  @Parameter(property = "wasm.excludes")
  private List<String> excludes = List.of();

  /**
   * Whether programs are frozen into a WAR. Everybody who has the WAR then has what they had in
   * their memory.
   */
  @Parameter(property = "wasm.freeze", defaultValue = "true")
  private String freeze;

  /**
   * Compiles all modules for programs with WasmFreeze, too. Routes of web.xml and wasm.conf tell by
   * themselves which they need; this is for those that code registers, as in Spring Boot.
   */
  @Parameter(property = "wasm.freezable", defaultValue = "false")
  private String freezable;

  /** Made by Maven. */
  public PrepareMojo() {}

  @Override
  void execute(Built built, List<Path> others) throws MojoExecutionException, MojoFailureException {
    for (Path war : built.wars()) {
      Preparer preparer = choosing(war, others);
      prepare(war, () -> preparer.war(war, others));
    }
    for (Path jar : built.jars()) {
      Preparer preparer = choosing(jar, others);
      prepare(jar, () -> preparer.jar(jar, others));
    }
  }

  private Preparer choosing(Path archive, List<Path> others)
      throws MojoExecutionException, MojoFailureException {
    // What is wrong with a parameter is told before anything is looked at.
    Preparer preparer = preparer();
    if (!Flag.isSet("freeze", freeze)) {
      preparer.withoutFreezing();
    }
    if (Flag.isSet("freezable", freezable)) {
      preparer.inBothForms();
    }
    Set<String> chosen = chosen(archive);
    if (chosen.isEmpty() && others.isEmpty()) {
      getLog().info(archive + " has no module to prepare.");
    }
    return preparer.choosing(chosen);
  }

  private Set<String> chosen(Path archive) throws MojoExecutionException, MojoFailureException {
    try {
      return new Patterns(includes, excludes).choose(archive, Preparer.modulesIn(archive));
    } catch (IOException e) {
      throw new MojoExecutionException(archive + ": cannot be read: " + e, e);
    }
  }
}
