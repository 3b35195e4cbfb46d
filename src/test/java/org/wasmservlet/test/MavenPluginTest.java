package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.MavenBuild;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.SpringBoot;
import org.wasmservlet.test.container.StaticRegistry;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** What a real Maven builds with the plugin is served without a compiler. */
@Timeout(300)
class MavenPluginTest {
  private static final String PREPARED = "; loaded from a prepared module in ";

  @Test
  void aWarBringsItsModulesAndProgramsAlong() throws Exception {
    Path project = Scratch.directory("war-project");
    Files.writeString(project.resolve("pom.xml"), MavenBuild.pom("war", ""));
    Scratch.copy(
        FrozenApplication.of("scgi", "stdin", "WasmUnfrozen", "Refuse", "WasmCacheDir", "Off")
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .servlet("hello", "/hello", "WasmModule", "WEB-INF/hello.wasm", "WasmCacheDir", "Off")
            .source(),
        Files.createDirectories(project.resolve("src/main/webapp")));
    MavenBuild maven = new MavenBuild(project);
    Path war = project.resolve("target/shop-1.war");

    assertThat(maven.run("package"))
        .containsPattern("\\[INFO\\] /WEB-INF/hello.wasm: 4 functions, \\d+ bytes in .*\\.prepared")
        .containsPattern("\\[INFO\\] /WEB-INF/application.wasm: \\d+ functions, ")
        .contains("[INFO] servlet 'app': is frozen where it reads its standard input: ");
    Set<String> first = entries(war);
    assertThat(first)
        .filteredOn(name -> name.startsWith("/WEB-INF/wasm-cache/"))
        .hasSize(3)
        .anyMatch(name -> name.endsWith(".frozen"));

    assertThat(maven.run("package", MavenBuild.goal("check")))
        .contains("[INFO] " + project.resolve("src/main/webapp/WEB-INF/hello.wasm: will run"))
        .contains("[INFO] " + project.resolve("src/main/webapp/WEB-INF/application.wasm: will run"))
        .contains("[INFO] /WEB-INF/hello.wasm: is prepared, and up to date")
        .contains("[INFO] /WEB-INF/application.wasm: is prepared, and up to date")
        .contains("[INFO] servlet 'app': is frozen where ");
    assertThat(entries(war)).isEqualTo(first);

    TestServer server = Container.TOMCAT_11.startOwn();
    try (LogCapture log = new LogCapture()) {
      server.deploy("/shop", war, true);
      WebApp.Deployed app = new WebApp.Deployed(server, "/shop");
      assertThat(log.messages())
          .anyMatch(m -> m.contains(" is resumed from what was kept "))
          .noneMatch(m -> m.contains("compiled in") || m.contains(" is frozen where "));
      assertThat(log.messages().stream().filter(m -> m.contains(PREPARED))).hasSize(2);
      assertThat(RawHttp.get(app.port(), "/shop/hello").body()).isEqualTo("hello\n");
      assertThat(RawHttp.get(app.port(), "/shop/app?x").variable("version")).isEqualTo("1");
      RouteBeans beans = new RouteBeans(app);
      beans.awaitRoute("app", "Resumed", 1);
      server.undeploy("/shop");
    } finally {
      server.stop();
    }
  }

  @Test
  void aJarBringsItsModulesAlongForWhoeverHasItOnTheClassPath() throws Exception {
    Path project = Scratch.directory("jar-project");
    Files.writeString(project.resolve("pom.xml"), MavenBuild.pom("jar", ""));
    Path wasm = Files.createDirectories(project.resolve("src/main/resources/wasm"));
    Files.write(wasm.resolve("probe.wasm"), Guests.probeOfItsOwn());
    MavenBuild maven = new MavenBuild(project);

    assertThat(maven.run("package")).contains("[INFO] /wasm/probe.wasm: ");
    Path jar = project.resolve("target/shop-1.jar");
    Set<String> first = entries(jar);
    assertThat(first).filteredOn(name -> name.startsWith("/META-INF/wasm-cache/")).hasSize(1);
    assertThat(maven.run("package")).contains("probe.wasm: is prepared, and up to date");
    assertThat(entries(jar)).isEqualTo(first);

    try (LogCapture log = new LogCapture();
        SpringBoot app =
            new SpringBoot.Builder()
                .jar(jar)
                .direct(
                    "WasmModule", "classpath:wasm/probe.wasm",
                    "WasmEnableCGI", "On",
                    "WasmCacheDir", "Off")
                .start()) {
      assertThat(RawHttp.get(app.port(), "/app/direct/x?env").variable("PATH_INFO"))
          .isEqualTo("/x");
      assertThat(log.messages()).anyMatch(m -> m.contains(PREPARED));
    }
  }

  @Test
  void anExecutableJarOfSpringBootBringsItsModulesAlong() throws Exception {
    Path project = Scratch.directory("boot-project");
    Files.writeString(project.resolve("pom.xml"), MavenBuild.pomOfSpringBoot());
    Path resources = Files.createDirectories(project.resolve("src/main/resources"));
    Files.write(resources.resolve("hello.wasm"), Guests.core("hello"));
    Files.writeString(
        Files.createDirectories(project.resolve("src/main/java")).resolve("Application.java"),
        """
        public class Application {
          public static void main(String[] names) throws Exception {
            try (java.io.InputStream in = Application.class.getResourceAsStream(names[0])) {
              System.out.println(in.readAllBytes().length > 0 ? "is there" : "is empty");
            }
          }
        }
        """);
    MavenBuild maven = new MavenBuild(project);
    assertThat(maven.run("package")).contains("hello.wasm: 4 functions, ");

    Path jar = project.resolve("target/shop-1.jar");
    String classes = "/BOOT-INF/classes";
    Set<String> prepared = entries(jar);
    prepared.removeIf(name -> !name.startsWith(classes + "/META-INF/wasm-cache/"));
    assertThat(prepared).hasSize(1);
    Process application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                prepared.iterator().next().substring(classes.length()))
            .redirectErrorStream(true)
            .start();
    assertThat(new String(application.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo("is there");
  }

  @Test
  void aModuleOfARegistryIsFetchedOnceAndThenCompiledOnce() throws Exception {
    Path project = Scratch.directory("fetching-project");
    Files.writeString(project.resolve("pom.xml"), MavenBuild.pom("war", ""));
    MavenBuild maven = new MavenBuild(project);
    try (StaticRegistry registry = new StaticRegistry()) {
      String reference = registry.push("tools/probe", "1", Guests.probe());
      Scratch.copy(
          new WebApp().servlet("probe", "/a/*", "WasmModule", reference).source(),
          Files.createDirectories(project.resolve("src/main/webapp")));
      assertThat(maven.run("package"))
          .containsPattern("\\[INFO\\] servlet 'probe': " + reference + " is packed: ");
      assertThat(maven.run("package"))
          .containsPattern("\\[INFO\\] servlet 'probe': " + reference + " is packed: ")
          .contains(".wasm: is prepared, and up to date");
      assertThat(registry.requests()).filteredOn(path -> path.contains("/blobs/")).hasSize(1);
    }
  }

  @Test
  void whatIsWrongEndsTheBuildAndIsNamed() throws Exception {
    Path project = Scratch.directory("wrong-project");
    Files.writeString(
        project.resolve("pom.xml"),
        MavenBuild.pom("jar", "<includes><include>wasm/nothing.wasm</include></includes>"));
    Path wasm = Files.createDirectories(project.resolve("src/main/resources/wasm"));
    Files.write(wasm.resolve("probe.wasm"), Guests.probe());
    MavenBuild maven = new MavenBuild(project);
    assertThat(maven.fail("package"))
        .contains("includes 'wasm/nothing.wasm': matches no module of ")
        .contains("which has wasm/probe.wasm");
    assertThat(maven.fail("package", "-Dwasm.cacheDirectory=pom.xml"))
        .contains("cacheDirectory (-Dwasm.cacheDirectory) " + project.resolve("pom.xml"))
        .contains("pom.xml: not a directory");
    assertThat(entries(project.resolve("target/shop-1.jar")))
        .noneMatch(name -> name.contains("wasm-cache"));
  }

  @Test
  void modulesAreCheckedWithoutAProject() throws Exception {
    Path directory = Scratch.directory("no-project");
    Files.write(directory.resolve("hello.wasm"), Guests.core("hello"));
    Files.write(directory.resolve("garbage.wasm"), Guests.core("garbage"));
    assertThat(
            new MavenBuild(directory)
                .fail(MavenBuild.goal("check"), "-Dwasm.modules=hello.wasm,garbage.wasm"))
        .contains("[INFO] " + directory.resolve("hello.wasm: a WASI command, "))
        .contains("[INFO] " + directory.resolve("hello.wasm: will run"))
        .contains("garbage.wasm: uses, besides WebAssembly 1.0: garbage collection")
        .contains("[ERROR] " + directory.resolve("garbage.wasm: will not run: has structs "))
        .contains("1 of 2 modules will not run");
  }

  private static Set<String> entries(Path archive) throws IOException {
    Set<String> entries = new TreeSet<>();
    try (FileSystem files = FileSystems.newFileSystem(archive);
        Stream<Path> walk = Files.walk(files.getPath("/"))) {
      walk.filter(Files::isRegularFile).map(Path::toString).forEach(entries::add);
    }
    return entries;
  }
}
