package org.wasmservlet.test.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maven, as users run it on a project of theirs. This library comes out of a repository of its own,
 * and all else out of the one of the build that runs the tests: nothing is fetched, nor installed
 * where another build would find it.
 */
public final class MavenBuild {
  private static final Path PLACE = Path.of("target/maven").toAbsolutePath();
  private static final Path ROOT = Path.of("../..");
  private static final String VERSION = System.getProperty("wasm-servlet.version");

  private final Path directory;

  /**
   * Prepares to.
   *
   * @param directory where Maven is run
   */
  public MavenBuild(Path directory) throws IOException {
    this.directory = directory;
    writeSettings();
    install("wasm-servlet-parent", "");
    install("wasm-servlet-bom", "wasm-servlet-bom");
    install("wasm-compiler", "wasm-compiler");
    install("wasm-core", "wasm-core");
    install("wasm-servlet-oci", "wasm-servlet-oci");
    install("wasm-servlet", "wasm-servlet");
    install("wasm-servlet-maven-plugin", "wasm-servlet-maven-plugin");
  }

  /** The plugin's goal, by coordinates that are complete. */
  public static String goal(String name) {
    return "org.wasmservlet:wasm-servlet-maven-plugin:" + VERSION + ":" + name;
  }

  /**
   * The POM of a project that has the plugin.
   *
   * @param configuration of the plugin, as XML
   */
  public static String pom(String packaging, String configuration) throws IOException {
    return pom(packaging, configuration, "");
  }

  /** The same for an executable jar of Spring Boot, which is there when the plugin comes. */
  public static String pomOfSpringBoot() throws IOException {
    return pom(
        "jar",
        "",
        """
        <plugin>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-maven-plugin</artifactId>
          <version>%s</version>
          <executions><execution><goals><goal>repackage</goal></goals></execution></executions>
        </plugin>
        """
            .formatted(found("<spring-boot3.version>([0-9.]+)</spring-boot3.version>").group(1)));
  }

  private static String pom(String packaging, String configuration, String before)
      throws IOException {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>shop</artifactId>
          <version>1</version>
          <packaging>%2$s</packaging>
          <properties>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
            <maven.compiler.release>17</maven.compiler.release>
          </properties>
          <dependencies><dependency>
            <groupId>org.wasmservlet</groupId>
            <artifactId>wasm-servlet</artifactId>
            <version>%1$s</version>
          </dependency></dependencies>
          <build><plugins>%4$s%5$s<plugin>
            <groupId>org.wasmservlet</groupId>
            <artifactId>wasm-servlet-maven-plugin</artifactId>
            <version>%1$s</version>
            <executions><execution><goals><goal>prepare</goal></goals></execution></executions>
            <configuration>%3$s</configuration>
          </plugin></plugins></build>
        </project>
        """
        .formatted(VERSION, packaging, configuration, mavensOwnPlugins(), before);
  }

  /** In the versions that this build has, for they are there. */
  private static String mavensOwnPlugins() throws IOException {
    StringBuilder plugins = new StringBuilder();
    for (String name : List.of("resources", "compiler", "surefire", "jar", "war")) {
      String artifact = "<artifactId>maven-" + name + "-plugin</artifactId>";
      String plugin = found(artifact + "\\s*<version>[0-9.]+</version>").group();
      plugins.append("<plugin>").append(plugin).append("</plugin>\n");
    }
    return plugins.toString();
  }

  private static Matcher found(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(found.find()).as(pattern).isTrue();
    return found;
  }

  /**
   * Runs Maven.
   *
   * @return what it has said
   */
  public String run(String... arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /**
   * Runs Maven, which has to fail.
   *
   * @return what it has said
   */
  public String fail(String... arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(1);
    return output;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--settings",
                PLACE.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + PLACE.resolve("repository"),
                "-DskipTests"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // It ends before the better compiler would have paid.
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
    builder.environment().remove("MAVEN_ARGS");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  private static void writeSettings() throws IOException {
    Files.createDirectories(PLACE);
    Files.writeString(
        PLACE.resolve("settings.xml"),
        """
        <settings><mirrors><mirror>
          <id>local</id>
          <mirrorOf>*</mirrorOf>
          <url>%s</url>
        </mirror></mirrors></settings>
        """
            .formatted(Path.of(System.getProperty("local.repository")).toUri()));
  }

  /** As {@code mvn install} would, without the rest of the build. */
  private static void install(String artifact, String module) throws IOException {
    Path target =
        Files.createDirectories(
            PLACE.resolve("repository/org/wasmservlet").resolve(artifact).resolve(VERSION));
    Path source = ROOT.resolve(module);
    copy(source.resolve("pom.xml"), target.resolve(artifact + "-" + VERSION + ".pom"));
    String jar = artifact + "-" + VERSION + ".jar";
    Path built = source.resolve("target").resolve(jar);
    // The parent and the bill of materials have none.
    if (Files.exists(built)) {
      copy(built, target.resolve(jar));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
