package org.wasmservlet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command finds the routes of a web application and does what a server would do first. */
@Timeout(120)
class MainTest {
  private static final Path APPLICATION = Path.of("../src/test/guests/application.wasm");
  private static final String FROZEN = "WEB-INF/wasm-cache/[0-9a-f-]+\\.frozen";
  private static final String PREPARED = "WEB-INF/wasm-cache/[0-9a-f-]+\\.prepared";

  @TempDir Path temp;
  private int exitCode;

  /** Of the web application that is to be packed. */
  private final Map<String, byte[]> files = new TreeMap<>();

  @Test
  void argumentsThatMakeNoSenseAreAnsweredByTheUsage() {
    assertThat(run()).startsWith("usage: ");
    assertThat(exitCode).isEqualTo(2);
    assertThat(run("--help")).startsWith("usage: ");
    assertThat(exitCode).isEqualTo(2);
  }

  @Test
  void aCommandIsRunForAnApplicationOfAWebApplication() throws Exception {
    assertThat(run("--run", temp.toString(), "app")).startsWith("usage: ");
    assertThat(exitCode).isEqualTo(2);
    assertThat(run("--run", temp.toString(), "app", "a.py"))
        .isEqualTo(temp + ": is no directory of a web application\n");
    assertThat(exitCode).isEqualTo(1);
    Path webInf = Files.createDirectories(temp.resolve("WEB-INF"));
    Files.copy(APPLICATION, webInf.resolve("app.wasm"));
    webXml(declared("servlet", "app", Map.of("WasmModule", "WEB-INF/app.wasm")));
    Files.write(webInf.resolve("web.xml"), files.get("WEB-INF/web.xml"));
    assertThat(run("--run", temp.toString(), "other", "a.py"))
        .isEqualTo(temp + ": has no servlet or filter 'other' of this library\n");
    assertThat(exitCode).isEqualTo(1);
    assertThat(run("--run", temp.toString(), "app", "a.py"))
        .startsWith("servlet 'app': WasmApplication '': is missing");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void modulesAreCheckedAndOneThatWillNotRunIsAFailure() throws Exception {
    String module = APPLICATION.toString();
    assertThat(run("--check", module))
        .contains(module + ": a WASI command, ")
        .contains(module + ": imports of wasi_snapshot_preview1, provided: ")
        .endsWith(module + ": will run\n");
    assertThat(exitCode).isZero();
    Path text = Files.writeString(temp.resolve("a\u001b[31m.wasm"), "(module)");
    assertThat(run("--check", text.toString(), "missing.wasm", module))
        .contains("a\\u001b[31m.wasm: will not run: WebAssembly text; ")
        .contains("missing.wasm: will not run: no such file\n")
        .endsWith(module + ": will run\n");
    assertThat(exitCode).isEqualTo(1);
    assertThat(run("--check", "--entry-point", "serve", module))
        .endsWith(" exports no function named 'serve'\n");
    assertThat(exitCode).isEqualTo(1);
    assertThat(run("--check", "--trap-unknown-imports", module)).endsWith(": will run\n");
    assertThat(exitCode).isZero();
    for (String[] wrong : new String[][] {{"--check", "--entry-point"}, {"--check", "-x", "y"}}) {
      assertThat(run(wrong)).startsWith("usage: ");
      assertThat(exitCode).isEqualTo(2);
    }
  }

  @Test
  void aFolderGetsTheModulesThatAreNamed() throws Exception {
    Path folder = temp.resolve("folder");
    String module = APPLICATION.toString();
    assertThat(run(folder.toString(), module))
        .matches(
            "\\Q"
                + module
                + "\\E: \\d+ functions, \\d+ bytes in [0-9a-f-]+\\.prepared, \\d+\\.\\d s\n");
    assertThat(exitCode).isZero();
    assertThat(run(folder.toString(), module))
        .isEqualTo(module + ": is prepared, and up to date\n");
    assertThat(exitCode).isZero();
    Path text = Files.writeString(temp.resolve("text.wasm"), "no module");
    assertThat(run(folder.toString(), text.toString(), "missing.wasm", module))
        .contains(text + ": not a WebAssembly module")
        .contains("missing.wasm: no such file")
        .contains(module + ": is prepared");
    assertThat(exitCode).isEqualTo(1);
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found).hasSize(1);
    }
  }

  @Test
  void everyRouteThatIsToBeFrozenIsFrozenIntoTheWar() throws Exception {
    application();
    webXml(
        """
        <context-param><param-name>wasmConfig</param-name><param-value>WEB-INF/own.conf</param-value></context-param>
        """
            + declared("servlet", "first", frozen("WasmEnv", "A 1"))
            + declared("filter", "second", frozen("WasmEnv", "A 2"))
            + declared("servlet", "anew", Map.of("WasmModule", "WEB-INF/app.wasm"))
            + declared("servlet", "elsewhere", Map.of("WasmModule", "/of/the/server.wasm"))
            + declared("servlet", "placed", Map.of("WasmModule", "${defined.on.the.server}"))
            + "<servlet><servlet-name>other</servlet-name><jsp-file>/x.jsp</jsp-file></servlet>");
    file(
        "WEB-INF/own.conf",
        """
        <Location "/third">
          SetHandler wasm-handler
          WasmModule WEB-INF/app.wasm
          WasmEnableCGI On
          WasmGateway scgi
          WasmFreeze stdin
          WasmEnv A 3
          WasmMapDir /app WEB-INF/app ro
        </Location>
        """);
    file("WEB-INF/wasm-cache/0-0-0.frozen", "of an earlier run");
    Path war = war();
    Files.setPosixFilePermissions(war, PosixFilePermissions.fromString("rw-r-----"));
    Set<String> before = entries(war);
    String output = run(war.toString());
    assertThat(exitCode).as(output).isZero();
    assertThat(output.lines())
        .hasSize(5)
        .anyMatch(l -> l.matches("/WEB-INF/app\\.wasm: \\d+ functions, \\d+ bytes in .*"))
        .anyMatch(
            l ->
                l.matches(
                    "servlet 'first': is frozen where it reads its standard input:"
                        + " 2 files compared, \\d+ bytes in [0-9a-f-]+\\.frozen"))
        .anyMatch(l -> l.startsWith("filter 'second': is frozen where it "))
        .anyMatch(l -> l.startsWith("servlet '/third': is frozen where it "));
    Set<String> after = entries(war);
    assertThat(after).filteredOn(name -> name.matches(FROZEN)).hasSize(3);
    // One for the programs that are frozen, one for the one that begins anew.
    assertThat(after).filteredOn(name -> name.matches(PREPARED)).hasSize(2);
    before.remove("WEB-INF/wasm-cache/0-0-0.frozen");
    assertThat(after).containsAll(before).hasSize(before.size() + 5);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(war)))
        .isEqualTo("rw-r-----");
    onlyTheWarIsThere();

    assertThat(run(war.toString())).contains("/WEB-INF/app.wasm: is prepared");
    assertThat(exitCode).isZero();
    assertThat(entries(war)).isEqualTo(after);
  }

  @Test
  void anUnpackedApplicationIsPreparedInItsPlace() throws Exception {
    application();
    webXml(declared("servlet", "app", frozen()));
    Path root = temp.resolve("application");
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      Path file = root.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    String output = run(root.toString());
    assertThat(exitCode).as(output).isZero();
    try (Stream<Path> found = Files.list(root.resolve("WEB-INF/wasm-cache"))) {
      assertThat(found.map(file -> root.relativize(file).toString()))
          .hasSize(2)
          .anyMatch(name -> name.matches(FROZEN))
          .anyMatch(name -> name.matches(PREPARED));
    }
  }

  @Test
  void whatIsWrongIsToldWithItsRouteAndTheRestIsDone() throws Exception {
    application();
    webXml(
        declared("servlet", "good", frozen())
            + declared("servlet", "cgi", frozen("WasmGateway", "cgi"))
            + declared("servlet", "lost", frozen("WasmModule", "WEB-INF/lost.wasm"))
            + declared("filter", "ends", frozen("WasmEnv", "EXITS 3"))
            + declared("servlet", "odd", frozen("WasmMapDir", "/app WEB-INF/none ro"))
            + declared("servlet", "leaves", frozen("WasmEnv", "LEAVES_A_FILE 1"))
            + declared("servlet", "writes", writing(temp.toString())));
    file("WEB-INF/text.wasm", "no module");
    Path war = war();
    String output = run(war.toString());
    assertThat(exitCode).isEqualTo(1);
    assertThat(output)
        .contains("servlet 'good': is frozen where it reads its standard input")
        .contains("servlet 'cgi': WasmFreeze 'stdin': needs WasmEnableCGI On and WasmGateway scgi")
        .containsOnlyOnce("servlet 'lost': WasmModule 'WEB-INF/lost.wasm': ")
        .containsPattern("filter 'ends': .*app\\.wasm cannot be frozen: it ended before it reads")
        .contains("servlet 'odd': WasmMapDir '/app WEB-INF/none ro': ")
        .contains("servlet 'leaves': ")
        .contains(
            "servlet 'writes': what is frozen cannot be packed: it has changed "
                + temp.toRealPath().resolve("left")
                + " before it was frozen, ")
        .contains("text.wasm: not a WebAssembly module");
    assertThat(entries(war)).filteredOn(name -> name.matches(FROZEN)).hasSize(1);
  }

  @Test
  void whatTheProgramHasOutsideAndWhatIsNotSeenIsTold() throws Exception {
    application();
    Path outside = Files.createDirectory(temp.resolve("outside"));
    webXml(declared("servlet", "app", frozen("WasmMapDir", "/app " + outside + " ro")));
    file("WEB-INF/classes/shop/Start.class", "\u00ca\u00fe org/wasmservlet/WasmServlet");
    file("WEB-INF/classes/shop/Other.class", "\u00ca\u00fe java/lang/Object");
    file("WEB-INF/lib/shop.jar", jar("META-INF/web-fragment.xml", "org.wasmservlet.WasmFilter"));
    file(
        "WEB-INF/lib/library.jar", jar("org/wasmservlet/compiler/prepared/fingerprint", "another"));
    String output = run(war().toString());
    assertThat(exitCode).as(output).isZero();
    assertThat(output)
        .contains(
            "servlet 'app': "
                + outside.toRealPath()
                + ", which it has as /app, is outside of the web application: a server must have"
                + " the same files there\n")
        .contains("WEB-INF/classes/shop/Start.class: names a class of this library; ")
        .contains("WEB-INF/lib/shop.jar!/META-INF/web-fragment.xml: names a class of this library;")
        .doesNotContain("Other.class")
        .contains("WEB-INF/lib: has another build of this library, ");
  }

  @Test
  void aWarThatCannotBeReadStaysAsItIs() throws Exception {
    application();
    file("WEB-INF/web.xml", "<web-app>\n<servlet>\n</web-app>");
    Path war = war();
    byte[] before = Files.readAllBytes(war);
    assertThat(run(war.toString())).contains("web.xml:3: ");
    assertThat(exitCode).isEqualTo(1);
    assertThat(Files.readAllBytes(war)).isEqualTo(before);
    Path text = Files.writeString(temp.resolve("text.war"), "no archive");
    assertThat(run(text.toString())).startsWith(text + ": ");
    assertThat(exitCode).isEqualTo(1);
    assertThat(text).hasContent("no archive");
    Files.delete(text);
    onlyTheWarIsThere();
  }

  private void application() throws IOException {
    files.put("WEB-INF/app.wasm", Files.readAllBytes(APPLICATION));
    file("WEB-INF/app/version", "1");
    file("index.html", "hello");
  }

  private static Map<String, String> frozen(String... more) {
    Map<String, String> params = new TreeMap<>();
    params.put("WasmModule", "WEB-INF/app.wasm");
    params.put("WasmEnableCGI", "On");
    params.put("WasmGateway", "scgi");
    params.put("WasmFreeze", "stdin");
    params.put("WasmMapDir", "/app WEB-INF/app ro\n/tmp tmp:");
    for (int i = 0; i < more.length; i += 2) {
      params.put(more[i], more[i + 1]);
    }
    return params;
  }

  private static Map<String, String> writing(String directory) {
    return frozen(
        "WasmEnv", "LEAVES_A_FILE 1", "WasmMapDir", "/app WEB-INF/app ro\n/tmp " + directory);
  }

  private static String declared(String kind, String name, Map<String, String> initParams) {
    StringBuilder xml = new StringBuilder();
    String type = kind.equals("servlet") ? "WasmServlet" : "WasmFilter";
    xml.append("<%s><%s-name>%s</%s-name>\n".formatted(kind, kind, name, kind));
    xml.append("<%s-class>\n org.wasmservlet.%s\n</%s-class>\n".formatted(kind, type, kind));
    initParams.forEach(
        (param, value) ->
            xml.append(
                "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>\n"
                    .formatted(param, value)));
    return xml.append("</%s>\n".formatted(kind)).toString();
  }

  private void webXml(String content) {
    file(
        "WEB-INF/web.xml",
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n"
            + content
            + "</web-app>");
  }

  private void file(String name, String content) {
    file(name, content.getBytes(UTF_8));
  }

  private void file(String name, byte[] content) {
    files.put(name, content);
  }

  private static byte[] jar(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private Path war() throws IOException {
    Path war = Files.createDirectory(temp.resolve("wars")).resolve("shop.war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return war;
  }

  private void onlyTheWarIsThere() throws IOException {
    try (Stream<Path> found = Files.list(temp.resolve("wars"))) {
      assertThat(found.map(file -> file.getFileName().toString())).isEqualTo(List.of("shop.war"));
    }
  }

  private static Set<String> entries(Path war) throws IOException {
    Set<String> entries = new TreeSet<>();
    try (FileSystem archive = FileSystems.newFileSystem(war);
        Stream<Path> walk = Files.walk(archive.getPath("/"))) {
      walk.filter(Files::isRegularFile).forEach(file -> entries.add(file.toString().substring(1)));
    }
    return entries;
  }

  private String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, true, UTF_8);
    exitCode = Main.run(new Console(InputStream.nullInputStream(), both, both), arguments);
    return out.toString(UTF_8);
  }
}
