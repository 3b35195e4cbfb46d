package org.wasmservlet.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.wasmservlet.prepare.Preparer;

/**
 * Starts and freezes the programs of the servlets and filters that have WasmFreeze, and puts them
 * into the project's WAR with the modules that they need, and no others: for builds that let {@code
 * prepare} freeze nothing.
 */
@Mojo(name = "freeze", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class FreezeMojo extends ArchiveMojo {
  /** Made by Maven. */
  public FreezeMojo() {}

  @Override
  void execute(Built built, List<Path> others) throws MojoExecutionException, MojoFailureException {
    if (built.wars().isEmpty()) {
      throw new MojoExecutionException(
          "the project has packaged no WAR: in a jar there is no web.xml and no wasm.conf that"
              + " would say which programs to freeze");
    }
    for (Path war : built.wars()) {
      Preparer preparer = preparer().onlyFreezing();
      prepare(war, () -> preparer.war(war, others));
    }
  }
}
