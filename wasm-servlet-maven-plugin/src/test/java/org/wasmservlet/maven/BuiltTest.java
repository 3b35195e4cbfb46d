package org.wasmservlet.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a project's artifacts can have programs in it. */
class BuiltTest {
  @TempDir Path temp;
  private final MavenProject project = new MavenProject();

  @BeforeEach
  void nameIt() {
    project.setGroupId("org.example");
    project.setArtifactId("shop");
    project.setVersion("1");
  }

  @Test
  void nothingIsBuiltBeforeItIsPackaged() throws IOException {
    project.setPackaging("war");
    project.setArtifact(artifact("war", null, null));
    assertThat(Built.of(project).isEmpty()).isTrue();
    // As `mvn compile` leaves it.
    project.setArtifact(artifact("war", null, Files.createDirectory(temp.resolve("classes"))));
    assertThat(Built.of(project).isEmpty()).isTrue();
  }

  @Test
  void everyWarIsOneAndTheJarOfItsClassesIsNot() throws IOException {
    project.setPackaging("war");
    project.setArtifact(artifact("war", null, file("shop.war")));
    project.getAttachedArtifacts().add(artifact("war", "large", file("shop-large.war")));
    project.getAttachedArtifacts().add(artifact("jar", "classes", file("shop-classes.jar")));
    Built built = Built.of(project);
    assertThat(built.wars())
        .containsExactly(temp.resolve("shop.war"), temp.resolve("shop-large.war"));
    assertThat(built.jars()).isEmpty();
  }

  @Test
  void aWarWhoseArtifactHasAClassifierIsOneToo() throws IOException {
    project.setPackaging("war");
    project.setArtifact(artifact("war", null, null));
    project.getAttachedArtifacts().add(artifact("war", "large", file("shop-large.war")));
    assertThat(Built.of(project).wars()).containsExactly(temp.resolve("shop-large.war"));
  }

  @Test
  void jarsThatAreRunAreTakenAndSourcesAreNot() throws IOException {
    project.setPackaging("jar");
    project.setArtifact(artifact("jar", null, file("shop.jar")));
    project.getAttachedArtifacts().add(artifact("jar", "exec", file("shop-exec.jar")));
    project.getAttachedArtifacts().add(artifact("jar", "sources", file("shop-sources.jar")));
    project.getAttachedArtifacts().add(artifact("jar", "tests", file("shop-tests.jar")));
    Built built = Built.of(project);
    assertThat(built.wars()).isEmpty();
    assertThat(built.jars())
        .containsExactly(temp.resolve("shop.jar"), temp.resolve("shop-exec.jar"));
  }

  private Path file(String name) throws IOException {
    return Files.createFile(temp.resolve(name));
  }

  private static Artifact artifact(String type, String classifier, Path file) {
    DefaultArtifactHandler handler = new DefaultArtifactHandler(type);
    handler.setExtension(type);
    Artifact artifact =
        new DefaultArtifact("org.example", "shop", "1", "compile", type, classifier, handler);
    artifact.setFile(file == null ? null : file.toFile());
    return artifact;
  }
}
