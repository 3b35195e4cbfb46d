package org.wasmservlet.test.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The jars that the tests run with. */
final class ClassPath {
  /** Where the build provisions it. */
  static final Path WILDFLY = Path.of("target/wildfly").toAbsolutePath();

  private ClassPath() {}

  static List<Path> matching(Predicate<String> path) {
    return entries().filter(entry -> path.test(entry.toString().replace('\\', '/'))).toList();
  }

  static List<Path> tomcat11() {
    return matching(path -> path.contains("/org/apache/tomcat/"));
  }

  static List<Path> jetty12() {
    return matching(
        path ->
            path.contains("/org/eclipse/jetty/")
                || path.contains("/jakarta/")
                || path.contains("/org/slf4j/")
                || path.contains("/org/ow2/asm/"));
  }

  static List<Path> undertow() {
    return matching(
        path ->
            path.contains("/io/undertow/")
                || path.contains("/org/jboss/")
                || path.contains("/org/wildfly/")
                || path.contains("/io/smallrye/")
                || path.contains("/jakarta/"));
  }

  /** What starts it and what it is talked to by, both as it has them. */
  static List<Path> wildfly() {
    List<Path> jars = new ArrayList<>(List.of(WILDFLY.resolve("jboss-modules.jar")));
    for (String module :
        List.of(
            "org/wildfly/embedded",
            "org/jboss/as/controller-client",
            "org/jboss/dmr",
            "org/jboss/logging")) {
      jars.addAll(
          jarsIn(
              WILDFLY.resolve("modules/system/layers/base").resolve(module).resolve("main"),
              "the build has not provisioned WildFly: mvn -Pwildfly does"));
    }
    return jars;
  }

  /** Copied by the build, for the tests' own class path cannot hold two versions. */
  static List<Path> tomcat10() {
    return jarsIn(Path.of("target/tomcat10"), "the build has not copied Tomcat 10.1");
  }

  private static List<Path> jarsIn(Path directory, String otherwise) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(otherwise, e);
    }
  }

  static List<Path> springBoot() {
    return matching(
        path -> path.contains("/org/springframework/") || path.contains("/io/micrometer/"));
  }

  static Path testClasses() {
    return entries()
        .filter(entry -> entry.endsWith(Path.of("target", "test-classes")))
        .findFirst()
        .orElseThrow();
  }

  /** What a user's WAR gets by depending on wasm-servlet. */
  static List<Path> wasmServlet() {
    return matching(path -> path.contains("/wasm-servlet/target/"));
  }

  /** What it gets besides by depending on wasm-servlet-oci. */
  static List<Path> wasmServletOci() {
    return matching(
        path -> path.contains("/wasm-servlet-oci/target/") || path.contains("/code/gson/"));
  }

  static List<Path> wasmCoreAndEngine() {
    return matching(
        path ->
            path.contains("/wasm-core/target/")
                || path.contains("/wasm-compiler/target/")
                || path.contains("/com/dylibso/chicory/")
                || path.contains("/org/ow2/asm/"));
  }

  private static Stream<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of);
  }
}
