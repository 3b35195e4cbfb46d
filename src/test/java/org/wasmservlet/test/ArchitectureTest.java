package org.wasmservlet.test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may know what. */
@AnalyzeClasses(locations = ArchitectureTest.Published.class)
class ArchitectureTest {
  /** The classes of every module that is published, whether or not tests have it on their path. */
  static final class Published implements LocationProvider {
    private static final List<String> MODULES =
        List.of(
            "wasm-compiler",
            "wasm-core",
            "wasm-servlet",
            "wasm-servlet-oci",
            "wasm-servlet-maven-plugin",
            "wasm-server",
            "wasm-servlet-spring-boot-starter");

    @Override
    public Set<Location> get(Class<?> testClass) {
      return MODULES.stream()
          .map(module -> Path.of("../..", module, "target/classes"))
          .map(Published::existing)
          .collect(Collectors.toSet());
    }

    private static Location existing(Path classes) {
      if (!Files.isDirectory(classes)) {
        throw new IllegalStateException(classes + " has not been built");
      }
      return Location.of(classes);
    }
  }

  /** What a route is made of; the route itself is the last. */
  private static final List<String> ROOMS =
      List.of(
          "org.wasmservlet.mapping",
          "org.wasmservlet.host",
          "org.wasmservlet.application",
          "org.wasmservlet.root",
          "org.wasmservlet.admission",
          "org.wasmservlet.freeze",
          "org.wasmservlet.program",
          "org.wasmservlet.warmup",
          "org.wasmservlet.exchange",
          "org.wasmservlet.gateway",
          "org.wasmservlet.route");

  private static String[] roomsAnd(String... others) {
    return Stream.concat(ROOMS.stream(), Stream.of(others)).toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_SERVLET =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.core..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("jakarta..")
                  .or(
                      resideInAPackage("org.wasmservlet..")
                          .and(not(resideInAPackage("org.wasmservlet.core..")))
                          .and(not(resideInAPackage("org.wasmservlet.compiler")))));

  /** What a library for another kind of references would be given, too. */
  @ArchTest
  static final ArchRule REGISTRIES_KNOW_REFERENCES_ALONE =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.oci..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("jakarta..")
                  .or(
                      resideInAPackage("org.wasmservlet..")
                          .and(not(resideInAPackage("org.wasmservlet.oci..")))
                          .and(not(resideInAPackage("org.wasmservlet.core.reference")))));

  /** There is one way to the network, with its limits, and who is told what. */
  @ArchTest
  static final ArchRule ONLY_TRANSFERS_ASK_THE_NETWORK =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.wasmservlet.core.reference")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule THE_COMPILER_KNOWS_NONE_OF_US =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.compiler..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("jakarta..")
                  .or(
                      resideInAPackage("org.wasmservlet..")
                          .and(not(resideInAPackage("org.wasmservlet.compiler..")))));

  @ArchTest
  static final ArchRule CORES_INTERNAL_PACKAGES_ARE_ITS_OWN =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.wasmservlet.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.wasmservlet.core.module..", "org.wasmservlet.core.wasi..");

  /** There is one way to open a file that a program may be changing. */
  @ArchTest
  static final ArchRule FILES_ARE_OPENED_BY_HANDLES =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.file")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.Files");

  @ArchTest
  static final ArchRule ONLY_THOSE_WHO_SHOW_FILES_KNOW_HANDLES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.wasmservlet.core..", "org.wasmservlet.tree", "org.wasmservlet.file")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.wasmservlet.core.directory");

  @ArchTest
  static final ArchRule ONLY_CORE_AND_COMPILER_KNOW_THE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.wasmservlet.core..", "org.wasmservlet.compiler..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.dylibso..");

  @ArchTest
  static final ArchRule DIRECTIVES_ARE_PLAIN_TEXT =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.directive")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              roomsAnd("jakarta..", "org.wasmservlet.cgi", "org.wasmservlet.core.."));

  @ArchTest
  static final ArchRule CONFIGURATION_FILES_ARE_PLAIN_TEXT =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.apache")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              roomsAnd(
                  "jakarta..",
                  "org.wasmservlet.cgi",
                  "org.wasmservlet.deploy",
                  "org.wasmservlet.file",
                  "org.wasmservlet.core.."));

  @ArchTest
  static final ArchRule CGI_KNOWS_NO_ROUTE =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.cgi")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(roomsAnd("org.wasmservlet.directive", "org.wasmservlet.core.."));

  @ArchTest
  static final ArchRule THE_CGI_PARSER_KNOWS_NO_SERVLET =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("CgiHeader")
          .or()
          .haveSimpleName("Grammar")
          .or()
          .haveSimpleName("PercentCoding")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta..");

  /** A gateway is told what a program calls a file, and no more. */
  @ArchTest
  static final ArchRule GATEWAYS_DO_NOT_KNOW_WHERE_FILES_LIE =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.gateway")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.wasmservlet.root",
              "org.wasmservlet.host",
              "org.wasmservlet.tree",
              "org.wasmservlet.file",
              "org.wasmservlet.preopen",
              "org.wasmservlet.resource",
              "org.wasmservlet.mapping",
              "org.wasmservlet.program",
              "org.wasmservlet.route");

  /** How a program comes and goes has nothing to do with who asks for it. */
  @ArchTest
  static final ArchRule PROGRAMS_AND_ADMISSION_KNOW_NO_HTTP =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.wasmservlet.program", "org.wasmservlet.freeze", "org.wasmservlet.admission")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta..",
              "org.wasmservlet.client",
              "org.wasmservlet.exchange",
              "org.wasmservlet.file",
              "org.wasmservlet.gateway",
              "org.wasmservlet.root",
              "org.wasmservlet.route",
              "org.wasmservlet.warmup");

  @ArchTest
  static final ArchRule DOCUMENT_ROOTS_KNOW_NO_REQUEST =
      noClasses()
          .that()
          .resideInAnyPackage("org.wasmservlet.root", "org.wasmservlet.host")
          .should()
          .dependOnClassesThat(
              resideInAPackage("jakarta.servlet.http")
                  .or(resideInAPackage("org.wasmservlet.admission"))
                  .or(resideInAPackage("org.wasmservlet.exchange"))
                  .or(resideInAPackage("org.wasmservlet.gateway"))
                  .or(resideInAPackage("org.wasmservlet.program"))
                  .or(resideInAPackage("org.wasmservlet.route")));

  @ArchTest
  static final ArchRule MEASURING_KNOWS_NO_ROUTE =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.measure")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              roomsAnd("org.wasmservlet.jmx", "org.wasmservlet.metrics", "org.wasmservlet.status"));

  /** It need not be there: nothing may load what refers to it. */
  @ArchTest
  static final ArchRule ONLY_METERS_KNOW_MICROMETER =
      noClasses()
          .that()
          .doNotHaveSimpleName("WasmMeters")
          .and()
          .doNotHaveSimpleName("BoundMeters")
          .and()
          .doNotHaveSimpleName("WasmMetricsAutoConfiguration")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.micrometer..")
                  .or(simpleName("WasmMeters"))
                  .or(simpleName("BoundMeters")));

  /** What a build does is the library's: the plugin asks for it, and shows it. */
  @ArchTest
  static final ArchRule THE_MAVEN_PLUGIN_KNOWS_WHAT_IS_EXPORTED =
      noClasses()
          .that()
          .resideInAPackage("org.wasmservlet.maven")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.wasmservlet..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.wasmservlet.maven",
                              "org.wasmservlet.prepare",
                              "org.wasmservlet.core"))));

  /** It is one user of the library; a container is another. */
  @ArchTest
  static final ArchRule ONLY_THE_SERVER_KNOWS_TOMCAT =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.wasmservlet.server.tomcat")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.catalina..", "org.apache.coyote..", "org.apache.tomcat..");

  @ArchTest
  static final ArchRule ONLY_THE_STARTER_KNOWS_SPRING =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.wasmservlet.boot..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.wasmservlet.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PUBLIC_CLASSES_ARE_FINAL =
      classes()
          .that()
          // Generated code extends them.
          .resideOutsideOfPackage("org.wasmservlet.compiler.runtime")
          .and()
          // What a route has, and what counts for all of them.
          .doNotHaveSimpleName("DirectiveProperties")
          .and()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .should()
          .haveModifier(JavaModifier.FINAL);

  /** Containers share their threads among applications. */
  @ArchTest
  static final ArchRule LEAVES_NOTHING_ON_A_THREAD =
      noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

  @ArchTest
  static final ArchRule LOGS_AND_DOES_NOT_PRINT =
      noClasses()
          .that()
          // The commands.
          .doNotHaveSimpleName("Main")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule LOGS_BY_SYSTEM_LOGGER =
      noClasses()
          .that()
          // It listens, and shows in Maven what the others log.
          .doNotHaveFullyQualifiedName("org.wasmservlet.maven.LibraryLog")
          .and()
          // It shows that on a console.
          .doNotHaveFullyQualifiedName("org.wasmservlet.server.console.ConsoleLog")
          .should(USE_JAVA_UTIL_LOGGING);
}
