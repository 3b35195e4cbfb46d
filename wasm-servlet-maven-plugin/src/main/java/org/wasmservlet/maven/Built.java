package org.wasmservlet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/**
 * What a project has built, as far as programs can be in it.
 *
 * @param wars of the project, those with a classifier too
 * @param jars of classes, those with a classifier too
 */
record Built(List<Path> wars, List<Path> jars) {
  private static final String WAR = "war";
  private static final String JAR = "jar";

  /** Jars that nobody runs. */
  private static final Set<String> OTHERS =
      Set.of("sources", "test-sources", "javadoc", "test-javadoc", "tests");

  static Built of(MavenProject project) {
    List<Path> wars = new ArrayList<>();
    List<Path> jars = new ArrayList<>();
    Stream.concat(Stream.of(project.getArtifact()), project.getAttachedArtifacts().stream())
        .filter(artifact -> artifact.getFile() != null && artifact.getFile().isFile())
        .forEach(
            artifact -> {
              Path file = artifact.getFile().toPath();
              if (is(WAR, artifact)) {
                wars.add(file);
              } else if (is(JAR, artifact) && !isOfAWar(project) && !isOther(artifact)) {
                jars.add(file);
              }
            });
    return new Built(wars, jars);
  }

  private static boolean is(String extension, Artifact artifact) {
    File file = artifact.getFile();
    return extension.equals(artifact.getArtifactHandler().getExtension())
        || file.getName().endsWith("." + extension);
  }

  /** Of a WAR's classes there may be a jar besides, which is not deployed. */
  private static boolean isOfAWar(MavenProject project) {
    return project.getPackaging().equals(WAR);
  }

  private static boolean isOther(Artifact artifact) {
    return artifact.getClassifier() != null && OTHERS.contains(artifact.getClassifier());
  }

  boolean isEmpty() {
    return wars.isEmpty() && jars.isEmpty();
  }
}
