package org.wasmservlet.test.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The jars that the tests run with. */
final class ClassPath {
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

  /** Copied by the build, for the tests' own class path cannot hold two versions. */
  static List<Path> tomcat10() {
    try (Stream<Path> jars = Files.list(Path.of("target/tomcat10"))) {
      return jars.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the build has not copied Tomcat 10.1", e);
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
